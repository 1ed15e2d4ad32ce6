from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("analysis", "0003_further_tables"),
    ]

    operations = [
        migrations.AlterField(
            model_name="snapshot",
            name="data",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="file",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshot",
            name="file_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("data__isnull", False),
                    ("file", ""),
                    ("file_sha256", ""),
                )
                | models.Q(
                    ("data__isnull", True),
                    models.Q(("file", ""), _negated=True),
                    models.Q(("file_sha256", ""), _negated=True),
                ),
                name="snapshot_in_one_place",
            ),
        ),
    ]
