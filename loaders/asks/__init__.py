"""What is asked of somebody: recommendations, what they rest on, and duties with deadlines."""
