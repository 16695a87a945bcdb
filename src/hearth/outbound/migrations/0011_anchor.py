"""The ledger's newest seal may leave by e-mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbound", "0010_no_index_twice")]
    operations = [
        migrations.RemoveConstraint(model_name="message", name="message_words_are_known"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "words__in",
                        [
                            "on_call_alert", "on_call_passed_on", "nobody_on_call", "rota_gap", "something_waits", "welcome",
                            "forgotten", "anchor",
                        ],
                    )
                ),
                name="message_words_are_known",
            ),
        ),
    ]
