"""What people do with a case, split by noun: opening, handing over, working, judging, closing."""
