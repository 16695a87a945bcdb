"""A home is looked for by the landlord's reference however it is written."""

from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("housing", "0005_markers_in_order")]
    operations = [migrations.AddIndex("home", models.Index(Upper("reference"), name="home_by_reference"))]
