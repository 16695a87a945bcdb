"""Pages that look across: monthly counts, the access log, drawn samples."""
