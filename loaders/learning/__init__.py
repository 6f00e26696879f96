"""How the learnt part of `loaders.statements` is taught; nothing here runs in a build."""
