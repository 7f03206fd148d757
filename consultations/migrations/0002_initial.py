# Keeps the name that migrations of other rooms refer to; everything is in 0001_initial.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]
    operations = []
