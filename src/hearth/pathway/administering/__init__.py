"""What an administrator does: users, posts, who holds them. He administers; he does not read."""
