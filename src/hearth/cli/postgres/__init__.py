"""Our own PostgreSQL: started, prepared and stopped by Hearth where nobody else runs one."""
