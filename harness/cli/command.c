#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static void help(const char *usage, const struct option *options)
{
    printf("usage: twofold %s\n", usage);
    for (; options->name != NULL; options++) {
        char left[64];
        int length = snprintf(left, sizeof left, "--%s", options->name);
        if (options->value != NULL) {
            snprintf(left + length, sizeof left - (size_t)length, " %s", options->value);
        }
        printf("  %-24s %s\n", left, options->help);
    }
}

int command_read(const struct command_line *line, const char *usage, const struct option *options,
                 struct arguments_list *rest, struct error *err)
{
    for (char **word = line->argv + 1; *word != NULL && strcmp(*word, "--") != 0; word++) {
        if (strcmp(*word, "--help") == 0 || strcmp(*word, "-h") == 0) {
            help(usage, options);
            return 1;
        }
    }
    if (arguments_read(line->argv, options, rest, err) != 0) {
        return error_context(err, "%s", line->argv[0]);
    }
    return 0;
}

int command_write(const struct text *text, const char *file, struct error *err)
{
    const char *name = "standard output";
    FILE *out = stdout;

    if (file != NULL) {
        name = file;
        out = fopen(file, "wx");
    }
    if (out == NULL) {
        return error_input(err, "--out %s: cannot be created: %s", file, strerror(errno));
    }
    size_t done = fwrite(text->data, 1, text->length, out);
    int failed = done != text->length || fflush(out) != 0 || (file != NULL && fclose(out) != 0);
    if (failed) {
        return error_failed(err, "%s: cannot be written: %s", name, strerror(errno));
    }
    return 0;
}

void command_raise_file_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}
