"""What a signed-in person may do, and a way out for somebody watched."""
