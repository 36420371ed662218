#include "report/front/imprint.h"

#include "plan/profile.h"
#include "report/words/figures.h"

#include <string.h>

static const char *known(const char *string, const char *otherwise)
{
    return string != NULL && string[0] != '\0' ? string : otherwise;
}

static void add_machine(struct text *out, const struct machine *machine)
{
    text_format(out, "%s, %u core%s", known(machine->cpu, "an unknown CPU"), machine->cores,
                figures_plural(machine->cores));
    if (machine->virtualization != NULL && machine->virtualization[0] != '\0') {
        text_format(out, " (%s)", machine->virtualization);
    }
    const char *system = known(machine->system, "an unknown system");
    text_format(out, ", %.*s", (int)strcspn(system, "("), system); /* without its code name */
}

void imprint_write(struct page *page, const struct findings *findings)
{
    const struct run_log *log = findings->log;
    struct text line = {0};

    text_format(&line, "%s, %s, %.10s, %u trial%s each, twofold %s; ",
                known(findings->scenario.name, "an unnamed scenario"), profile_name(findings->profile),
                known(log->run.started, "undated"), log->run.trials, figures_plural(log->run.trials),
                known(log->run.harness_version, "of an unknown version"));
    add_machine(&line, &log->run.machine);
    page->style->gap(page);
    page->style->paragraph(page, line.data);
    text_release(&line);
}
