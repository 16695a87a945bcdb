"""What is sent to the API and what it answers, in the field's words. Limits and codes are the domain's own."""
