#include "command.h"

#include "host/process/keeper.h"

#include <stdio.h>
#include <string.h>

static void say(void *context, const char *how)
{
    (void)context;
    fprintf(stderr, "twofold keep: the service %s; it is started again\n", how);
}

int command_keep(const struct command_line *command, struct error *err)
{
    static const struct option options[] = {
        ARGUMENTS_EXAMPLE("keep ./server", "the service, which is started again whenever it ends"),
        ARGUMENTS_EXAMPLE("keep python3 server.py 8080", "the same with arguments of its own"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    char *const *argv = command->argv + 1;
    struct arguments_list rest;

    /* All that follows the program is its own, options too. */
    if (command->manual != NULL || (argv[0] != NULL && strcmp(argv[0], "--help") == 0)) {
        command_read(command, "keep PROGRAM [ARGUMENT…]", options, &rest, err);
        return EXIT_FINE;
    }
    if (argv[0] == NULL) {
        return error_input(err, "keep: expected a program and its arguments");
    }
    int status = keeper_run(&(struct keeper_options){.argv = argv, .ended = say}, err);
    return status < 0 ? EXIT_FAILED : status;
}
