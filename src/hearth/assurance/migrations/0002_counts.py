"""Figures count themselves, in the transaction of what is counted; who looked is told to those who may ask."""

from django.db import migrations

from hearth.access.row_security import definer_table
from hearth.ledger.sql_files import installed


class Migration(migrations.Migration):
    dependencies = [("assurance", "0001_initial"), ("cases", "0003_row_security"), ("timescales", "0002_row_security")]
    operations = [
        *(operation for table in ("delta", "sum", "sample", "drawncase") for operation in definer_table(f"assurance_{table}")),
        *installed(__file__, "counting", "figures", "promises", "access_log", "samples"),
    ]
