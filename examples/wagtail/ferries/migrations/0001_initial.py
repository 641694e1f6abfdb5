"""The tables of the pages."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import ferries.blocks


class Migration(migrations.Migration):
    """Creates them."""

    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(
                        blank=True, validators=[ferries.blocks.check_shortcodes]
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("rich", 0), ("markdown", 1)],
                        blank=True,
                        block_lookup={
                            0: ("ferries.blocks.RichBlock", (), {}),
                            1: ("ferries.blocks.MarkdownBlock", (), {}),
                        },
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=("wagtailcore.page",),
        ),
    ]
