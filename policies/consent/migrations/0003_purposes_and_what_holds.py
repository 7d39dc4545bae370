import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from common.immutable import AllowChanges, ForbidChanges


def keep_what_holds(apps, schema_editor):
    """A no of somebody with an id was a yes before; both counted for six months from then on."""
    from policies.jurisdictions.asking import months_after

    for choice in apps.get_model("consent", "Choice").objects.all():
        choice.state = "given" if choice.granted else "withdrawn"
        choice.until = months_after(choice.chosen_at.date(), 6 if choice.granted else 12)
        choice.save(update_fields=["state", "until"])


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0002_refuse_changes'),
        ('ledger', '0005_agreed_by_a_deliberate_act'),
        ('versions', '0007_ask_again_for_purposes'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllowChanges("Wording"),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place in the list')),
                ('text', models.TextField(verbose_name='in plain words')),
                ('kind', models.CharField(choices=[('essential', 'Always on: people are told of it'), ('site', 'Asked for on the site'), ('mail', 'Asked for where an e-mail address is given')], default='site', max_length=10, verbose_name='kind')),
            ],
            options={
                'verbose_name': 'category of consent',
                'verbose_name_plural': 'categories of consent',
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalCategory',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place in the list')),
                ('text', models.TextField(verbose_name='in plain words')),
                ('kind', models.CharField(choices=[('essential', 'Always on: people are told of it'), ('site', 'Asked for on the site'), ('mail', 'Asked for where an e-mail address is given')], default='site', max_length=10, verbose_name='kind')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical category of consent',
                'verbose_name_plural': 'historical categories of consent',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPurpose',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place in the list')),
                ('category', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='category')),
                ('text', models.TextField(verbose_name='in plain words')),
                ('legal_basis', models.CharField(choices=[('consent', 'Consent'), ('contract', 'Contract'), ('legal_obligation', 'Legal obligation'), ('legitimate_interest', 'Legitimate interest')], default='consent', max_length=20, verbose_name='legal basis')),
                ('dpv', models.CharField(default='dpv:Purpose', help_text='As in dpv:ServiceOptimisation; it stands in receipts.', max_length=80, verbose_name='term of the Data Privacy Vocabulary')),
                ('data_categories', models.TextField(blank=True, help_text='One term of the Data Privacy Vocabulary a line: pd:IPAddress', verbose_name='personal data used')),
                ('recipients', models.TextField(blank=True, help_text='One a line; empty: nobody but us.', verbose_name='who gets the data')),
                ('retention', models.CharField(blank=True, choices=[('first_reply', 'first reply to a question or request'), ('resolution', 'a request is resolved'), ('access', 'a copy of the data is given'), ('correction', 'data is corrected'), ('erasure', 'data is erased'), ('portability', 'data is handed over for another provider'), ('notice_period', 'notice before a material change'), ('marketing_stop', 'marketing mail stops'), ('retention_transactions', 'transaction records are kept'), ('retention_warranty', 'warranty records are kept after the warranty'), ('retention_inactive', 'inactive accounts are kept'), ('retention_support', 'support messages are kept'), ('retention_analytics', 'analytics are kept'), ('retention_consent', 'proof of consent is kept'), ('retention_quotations', 'quotations are kept'), ('breach_notice', 'people are told of a breach')], help_text='The promise of the policy that says how long; the number is read from the version in force.', max_length=40, verbose_name='kept as promised for')),
                ('retention_text', models.CharField(blank=True, help_text='Where no promise of the policy says it.', max_length=200, verbose_name='how long it is kept')),
                ('cookies', wagtail.fields.StreamField([('cookie', 4)], blank=True, block_lookup={0: ('policies.consent.blocks.SameEverywhereBlock', (), {'help_text': 'Ends in * where the rest varies.', 'label': 'Name', 'max_length': 120}), 1: ('policies.consent.blocks.SameEverywhereBlock', (), {'help_text': 'Empty: by us.', 'label': 'Set by', 'max_length': 120, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'How long', 'max_length': 80}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What for', 'max_length': 300}), 4: ('wagtail.blocks.StructBlock', [[('name', 0), ('owner', 1), ('lifetime', 2), ('why', 3)]], {})}, verbose_name='cookies')),
                ('signals', models.JSONField(blank=True, default=list, verbose_name='signals of Google Consent Mode')),
                ('honours_gpc', models.BooleanField(default=False, verbose_name='switched off by Global Privacy Control')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical purpose',
                'verbose_name_plural': 'historical purposes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalService',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place in the list')),
                ('purpose', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='purpose')),
                ('text', models.TextField(blank=True, verbose_name='what happens when it is loaded')),
                ('form', models.CharField(choices=[('script', 'Script'), ('frame', 'Frame, such as a map or a film'), ('image', 'Picture')], max_length=10, verbose_name='what it is')),
                ('provider', models.CharField(max_length=120, verbose_name='provider')),
                ('address', models.URLField(max_length=500, verbose_name='address')),
                ('origins', models.TextField(blank=True, help_text='One a line: https://stats.example.com', verbose_name='other addresses that it talks to')),
                ('integrity', models.CharField(blank=True, max_length=120, verbose_name='hash of the script (integrity)')),
                ('everywhere', models.BooleanField(default=False, verbose_name='on every page')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical service that waits for consent',
                'verbose_name_plural': 'historical services that wait for consent',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place in the list')),
                ('category', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='category')),
                ('text', models.TextField(verbose_name='in plain words')),
                ('legal_basis', models.CharField(choices=[('consent', 'Consent'), ('contract', 'Contract'), ('legal_obligation', 'Legal obligation'), ('legitimate_interest', 'Legitimate interest')], default='consent', max_length=20, verbose_name='legal basis')),
                ('dpv', models.CharField(default='dpv:Purpose', help_text='As in dpv:ServiceOptimisation; it stands in receipts.', max_length=80, verbose_name='term of the Data Privacy Vocabulary')),
                ('data_categories', models.TextField(blank=True, help_text='One term of the Data Privacy Vocabulary a line: pd:IPAddress', verbose_name='personal data used')),
                ('recipients', models.TextField(blank=True, help_text='One a line; empty: nobody but us.', verbose_name='who gets the data')),
                ('retention', models.CharField(blank=True, choices=[('first_reply', 'first reply to a question or request'), ('resolution', 'a request is resolved'), ('access', 'a copy of the data is given'), ('correction', 'data is corrected'), ('erasure', 'data is erased'), ('portability', 'data is handed over for another provider'), ('notice_period', 'notice before a material change'), ('marketing_stop', 'marketing mail stops'), ('retention_transactions', 'transaction records are kept'), ('retention_warranty', 'warranty records are kept after the warranty'), ('retention_inactive', 'inactive accounts are kept'), ('retention_support', 'support messages are kept'), ('retention_analytics', 'analytics are kept'), ('retention_consent', 'proof of consent is kept'), ('retention_quotations', 'quotations are kept'), ('breach_notice', 'people are told of a breach')], help_text='The promise of the policy that says how long; the number is read from the version in force.', max_length=40, verbose_name='kept as promised for')),
                ('retention_text', models.CharField(blank=True, help_text='Where no promise of the policy says it.', max_length=200, verbose_name='how long it is kept')),
                ('cookies', wagtail.fields.StreamField([('cookie', 4)], blank=True, block_lookup={0: ('policies.consent.blocks.SameEverywhereBlock', (), {'help_text': 'Ends in * where the rest varies.', 'label': 'Name', 'max_length': 120}), 1: ('policies.consent.blocks.SameEverywhereBlock', (), {'help_text': 'Empty: by us.', 'label': 'Set by', 'max_length': 120, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'How long', 'max_length': 80}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What for', 'max_length': 300}), 4: ('wagtail.blocks.StructBlock', [[('name', 0), ('owner', 1), ('lifetime', 2), ('why', 3)]], {})}, verbose_name='cookies')),
                ('signals', models.JSONField(blank=True, default=list, verbose_name='signals of Google Consent Mode')),
                ('honours_gpc', models.BooleanField(default=False, verbose_name='switched off by Global Privacy Control')),
            ],
            options={
                'verbose_name': 'purpose',
                'verbose_name_plural': 'purposes',
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SelfAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('pages', models.PositiveIntegerField()),
                ('states', models.JSONField()),
                ('findings', models.JSONField()),
                ('passed', models.BooleanField()),
            ],
            options={
                'ordering': ['-audited_at'],
                'get_latest_by': 'audited_at',
            },
        ),
        migrations.CreateModel(
            name='Served',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.CharField(max_length=64)),
                ('day', models.DateField()),
                ('times', models.PositiveBigIntegerField(default=0)),
                ('entered', models.BooleanField(db_default=False, default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place in the list')),
                ('purpose', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]{0,39}\\Z', 'Small letters, digits and underscores; a letter first.')], verbose_name='purpose')),
                ('text', models.TextField(blank=True, verbose_name='what happens when it is loaded')),
                ('form', models.CharField(choices=[('script', 'Script'), ('frame', 'Frame, such as a map or a film'), ('image', 'Picture')], max_length=10, verbose_name='what it is')),
                ('provider', models.CharField(max_length=120, verbose_name='provider')),
                ('address', models.URLField(max_length=500, verbose_name='address')),
                ('origins', models.TextField(blank=True, help_text='One a line: https://stats.example.com', verbose_name='other addresses that it talks to')),
                ('integrity', models.CharField(blank=True, max_length=120, verbose_name='hash of the script (integrity)')),
                ('everywhere', models.BooleanField(default=False, verbose_name='on every page')),
            ],
            options={
                'verbose_name': 'service that waits for consent',
                'verbose_name_plural': 'services that wait for consent',
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='choice',
            name='choice_subject_category',
        ),
        migrations.RenameField(
            model_name='choice',
            old_name='category',
            new_name='purpose',
        ),
        migrations.RenameField(
            model_name='wording',
            old_name='first_answered_at',
            new_name='first_shown_at',
        ),
        migrations.AddField(
            model_name='choice',
            name='method',
            field=models.CharField(choices=[('button', 'Button'), ('checkbox', 'Checkbox'), ('form', 'Form'), ('confirmed_mail', 'Confirmed Mail'), ('signed_import', 'Signed Import')], default='form', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='choice',
            name='state',
            field=models.CharField(choices=[('given', 'agreed'), ('renewed', 'agreed again'), ('refused', 'refused'), ('withdrawn', 'taken back'), ('expired', 'run out')], default='given', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='choice',
            name='until',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.RunPython(keep_what_holds, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='choice',
            name='granted',
        ),
        migrations.AddField(
            model_name='wording',
            name='kind',
            field=models.CharField(choices=[('banner', 'Banner'), ('choices', 'Choices'), ('form', 'Form'), ('mail', 'Mail')], default='choices', max_length=10),
        ),
        migrations.AlterField(
            model_name='choice',
            name='wording',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='consent.wording'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(condition=models.Q(('state__in', ('given', 'renewed'))), fields=['until'], name='choice_granted_until'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('subject', 'purpose'), name='choice_subject_purpose'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('given', 'renewed')), _negated=True), ('method__in', ['button', 'checkbox', 'form', 'confirmed_mail', 'signed_import']), _connector='OR'), name='choice_by_a_deliberate_act'),
        ),
        migrations.AddField(
            model_name='category',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='category',
            name='locale',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddField(
            model_name='historicalcategory',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcategory',
            name='latest_revision',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='historicalcategory',
            name='locale',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddField(
            model_name='historicalpurpose',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpurpose',
            name='latest_revision',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='historicalpurpose',
            name='locale',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddField(
            model_name='historicalservice',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalservice',
            name='latest_revision',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='historicalservice',
            name='locale',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddField(
            model_name='purpose',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='purpose',
            name='locale',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddConstraint(
            model_name='served',
            constraint=models.UniqueConstraint(fields=('wording', 'day'), name='served_wording_day'),
        ),
        migrations.AddField(
            model_name='service',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='service',
            name='locale',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('code', 'locale'), name='category_code_locale'),
        ),
        migrations.AlterUniqueTogether(
            name='category',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='purpose',
            constraint=models.UniqueConstraint(fields=('code', 'locale'), name='purpose_code_locale'),
        ),
        migrations.AlterUniqueTogether(
            name='purpose',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(fields=('code', 'locale'), name='service_code_locale'),
        ),
        migrations.AlterUniqueTogether(
            name='service',
            unique_together={('translation_key', 'locale')},
        ),
        ForbidChanges("Wording"),
        ForbidChanges("SelfAudit"),
    ]
