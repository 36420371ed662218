#include "command.h"
#include "manual/manual.h"

#include <stdio.h>
#include <string.h>

static const char after_help[] =
    "\nWrites to standard output: the man page, or what a shell completes the command line by:\n\n"
    "  twofold manual man > twofold.1                     man ./twofold.1\n"
    "  source <(twofold manual bash)                      or into share/bash-completion/completions/twofold\n";

static const struct {
    const char *name;
    const struct manual_style *style;
} styles[] = {{"man", &manual_page}, {"bash", &manual_bash}, {"zsh", &manual_zsh}, {"fish", &manual_fish}};

/* Every command says its table, and does nothing. */
static int write_all(const struct manual_style *style, const struct command_line *line, struct error *err)
{
    struct text out = {0};

    style->begin(&out);
    for (const struct command_entry *entry = command_entries; entry->name != NULL; entry++) {
        char *argv[] = {(char *)entry->name, NULL};
        const struct manual manual = {style, &out, entry->name};
        style->command(&out, entry->name, entry->what);
        entry->run(&(struct command_line){.argv = argv, .stop = line->stop, .manual = &manual}, err);
        style->finish(&out);
    }
    style->end(&out);
    command_write(&out, NULL, err);
    text_release(&out);
    return EXIT_FINE;
}

int command_manual(const struct command_line *line, struct error *err)
{
    const struct option options[] = {
        ARGUMENTS_EXAMPLE("manual man > twofold.1", "the man page, for man ./twofold.1"),
        ARGUMENTS_EXAMPLE("manual bash > share/bash-completion/completions/twofold",
                          "completion, which bash reads from there"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    int read = command_read(line, "manual man|bash|zsh|fish", options, &rest, err);
    if (read != 0) {
        if (read > 0 && line->manual == NULL) {
            fputs(after_help, stdout);
        }
        return EXIT_FINE;
    }
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        if (rest.count == 1 && strcmp(rest.items[0], styles[i].name) == 0) {
            return write_all(styles[i].style, line, err);
        }
    }
    return error_input(err, "manual: expected man, bash, zsh or fish");
}
