from django.db import migrations, models

from common.immutable import AllowChanges, ForbidChanges


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_restored_ledgers'),
    ]

    operations = [
        AllowChanges("Entry"),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('version.announced', 'Version Announced'), ('version.translation_added', 'Translation Added'), ('version.cancelled', 'Version Cancelled'), ('version.corrected', 'Version Corrected'), ('version.withdrawn', 'Version Withdrawn'), ('version.rerendered', 'Version Rerendered'), ('notice.closed', 'Notice Closed'), ('consent.served', 'Consent Served'), ('consent.given', 'Consent Given'), ('consent.renewed', 'Consent Renewed'), ('consent.refused', 'Consent Refused'), ('consent.withdrawn', 'Consent Withdrawn'), ('consent.expired', 'Consent Expired'), ('consent.imported', 'Choices Imported'), ('optout.requested', 'Opted Out'), ('optout.ended', 'Opted In Again'), ('objection.made', 'Objection Made'), ('notice.acknowledged', 'Notice Acknowledged'), ('terms.accepted', 'Terms Accepted'), ('subscription.requested', 'Subscription Requested'), ('subscription.confirmed', 'Subscription Confirmed'), ('subscription.changed', 'Subscription Changed'), ('subscription.ended', 'Subscription Ended'), ('ledger.restored', 'Ledger Restored'), ('ledger.key_rotated', 'Key Rotated')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind__in', ('consent.given', 'consent.renewed', 'terms.accepted')), _negated=True), models.Q(('facts__has_key', 'given'), _negated=True), models.Q(('facts__has_key', 'renewed'), _negated=True)), models.Q(('facts__has_key', 'method'), ('facts__method__in', ['button', 'checkbox', 'form', 'confirmed_mail', 'signed_import'])), _connector='OR'), name='agreed_by_a_deliberate_act'),
        ),
        ForbidChanges("Entry"),
    ]
