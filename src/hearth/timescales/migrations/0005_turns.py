"""Policies that came into force for promises that ran already: everybody reads that, the house writes it."""

from django.db import migrations, models

from hearth.access.row_security import BOTH, open_table


class Migration(migrations.Migration):

    dependencies = [
        ('timescales', '0004_soonest_of_a_rule'),
    ]

    operations = [
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.BigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(unique=True)),
                ('upto', models.BigIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        *open_table("timescales_turn", to=f"{BOTH}, hearth_worker"),
        migrations.RunSQL("grant select, insert, update on timescales_turn to hearth_house", migrations.RunSQL.noop),
    ]
