#include "command.h"
#include "installed/installed.h"
#include "version/build_facts.h"
#include "version/version_text.h"

#include "report/page/html_template.h"

#include <stdlib.h>
#include <string.h>

static void write_version(struct text *out)
{
    char *share = installed_share();
    size_t page = strlen((const char *)html_template);

    text_add(out, "twofold " TWOFOLD_VERSION "\n");
    text_format(out, "commit     %s\n", build_commit);
    text_add(out, "libraries  ");
    version_text_libraries(out);
    text_format(out, "\nbuild      %s, %s\n", build_options, page > 0 ? "with the page" : "without the page");
    text_format(out, "installed  %s\n", share != NULL ? share : "no: it runs where it was built");
    free(share);
}

int command_version(const struct command_line *line, struct error *err)
{
    const struct option options[] = {
        ARGUMENTS_EXAMPLE("version", "its commit, its libraries and the options that it was built with"),
        ARGUMENTS_EXAMPLE("version | grep commit", "which source it is of, for a report of a fault"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;
    struct text out = {0};

    if (command_read(line, "version", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    write_version(&out);
    command_write(&out, NULL, err);
    text_release(&out);
    return EXIT_FINE;
}
