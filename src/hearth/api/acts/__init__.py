"""What the API can do, by area. Each operation makes one domain call, as a page does."""
