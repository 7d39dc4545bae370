import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_ended_purposes'),
        ('ledger', '0005_agreed_by_a_deliberate_act'),
        ('versions', '0007_ask_again_for_purposes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='choice',
            name='entry',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry'),
        ),
        migrations.AlterField(
            model_name='choice',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='versions.version'),
        ),
        migrations.AlterField(
            model_name='choice',
            name='wording',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='consent.wording'),
        ),
    ]
