"""What a report states as fact: authorities, days, people, grades, other inspections."""
