#include "command.h"

#include "fleet/ranks.h"
#include "host/machine/advice.h"
#include "host/machine/facts.h"

#include <string.h>
#include <unistd.h>

/* Of several hosts that print at a time, which line is whose. */
static void name_host(struct text *out)
{
    char host[256] = "";
    struct text named = {0};

    gethostname(host, sizeof host - 1);
    for (char *at = out->data; *at != '\0';) {
        size_t length = strcspn(at, "\n") + 1;
        text_format(&named, "%s: %.*s", host, (int)length, at);
        at += length;
    }
    text_release(out);
    *out = named;
}

int command_doctor(const struct command_line *line, struct error *err)
{
    const struct option options[] = {
        ARGUMENTS_EXAMPLE("doctor", "what on this machine spoils a measurement, with the command that mends it"),
        ARGUMENTS_EXAMPLE("doctor | grep mend", "the commands alone"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct facts facts;
    struct advice_list advice;
    struct text out = {0};

    if (command_read(line, "doctor", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 0) {
        error_input(err, "doctor: takes no argument, found \"%s\"", rest.items[0]);
        return EXIT_USAGE;
    }
    facts_read(&facts, "");
    advice_make(&advice, &facts);
    text_format(&out, "%s, %u cores, %s, %s\n", facts.machine.cpu, facts.machine.cores, facts.machine.system,
                facts.machine.kernel);
    for (size_t i = 0; i < advice.count; i++) {
        const struct advice *item = &advice.items[i];
        text_format(&out, "%s: %s\n", item->severity == ADVICE_WARNING ? "warning" : "note", item->text);
        if (item->command != NULL) {
            text_format(&out, "         mend it: %s\n", item->command);
        }
    }
    if (advice.count == 0) {
        text_add(&out, "nothing found that would spoil a measurement\n");
    }
    if (ranks_launched()) {
        name_host(&out);
    }
    command_write(&out, NULL, err);
    text_release(&out);
    advice_release(&advice);
    facts_release(&facts);
    return EXIT_FINE;
}
