"""Users, posts, the rota, the calendar, the policy, messages that did not leave, emergency openings."""
