#include "run/ending.h"

#include "front/shell_word.h"
#include "output.h"
#include "places.h"
#include "run/like_run.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>

/* A scenario of scenarios/ is found by the name that the file has; any other has to be named again. */
static void add_commands(struct text *out, const char *file, const char *scenario)
{
    bool named = scenario != NULL && places_is_path(scenario);

    text_add(out, "make bench ");
    if (named) {
        text_add(out, "SCENARIO=");
        shell_word_add(out, scenario);
        text_add(out, " ");
    }
    text_add(out, "RESUME=");
    shell_word_add(out, file);
    text_add(out, "\nor, without make: ");
    shell_word_add(out, program_invocation_name);
    text_add(out, " bench ");
    if (named) {
        shell_word_add(out, scenario);
        text_add(out, " ");
    }
    text_add(out, "--resume ");
    shell_word_add(out, file);
}

int ending_whole(const char *file, const struct output_options *asked, struct output_validity *ret_validity,
                 struct error *err)
{
    int status = output_report(file, asked, ret_validity, err);

    like_run_tell(file);
    fprintf(stderr, "\nThe run is in %s\n", file);
    return status;
}

void ending_cut_short(const char *file, const char *scenario)
{
    struct text commands = {0};
    struct error why = {0};

    if (file == NULL) {
        return;
    }
    if (output_report(file, &(struct output_options){.unless_empty = true}, NULL, &why) != 0) {
        fprintf(stderr, "twofold: no report of what was measured: %s\n", why.message);
    }
    add_commands(&commands, file, scenario);
    fprintf(stderr, "\nThe run was cut short; what was measured is in %s. Go on with it: %s\n", file, commands.data);
    text_release(&commands);
}
