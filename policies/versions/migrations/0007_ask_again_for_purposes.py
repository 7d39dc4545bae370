from django.db import migrations, models

from common.immutable import AllowChanges, ForbidChanges


class Migration(migrations.Migration):

    dependencies = [
        ('versions', '0006_topics_of_sections'),
    ]

    operations = [
        AllowChanges("Version"),
        migrations.AddField(
            model_name='policypage',
            name='renews',
            field=models.JSONField(blank=True, default=list, verbose_name='consent to ask for again'),
        ),
        migrations.AddField(
            model_name='version',
            name='renews',
            field=models.JSONField(blank=True, default=list),
        ),
        ForbidChanges("Version"),
    ]
