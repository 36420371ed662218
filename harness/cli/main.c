/* twofold: what breaks first when traffic doubles. This file is the table of contents. */
#include "command.h"
#include "front/next_step.h"
#include "pinned_tools.h"

#include "base/text.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const struct command_entry command_entries[] = {
    {"bench", command_bench, "drive backends up a ladder of doubling load and report what breaks first"},
    {"load", command_load, "send load to one URL and say what came back"},
    {"plan", command_plan, "print the steps of a scenario and the time they take"},
    {"sample", command_sample, "print readings of a service's processes as JSON lines"},
    {"verify", command_verify, "hold backends to the contract; no timing"},
    {"new", command_new, "a folder with a service that works, to begin your own with"},
    {"report", command_report, "make the report of a run again"},
    {"compare", command_compare, "put runs beside each other: machines, or versions"},
    {"results", command_results, "make one page of all shared runs, for a browser"},
    {"doctor", command_doctor, "what on this machine spoils a measurement, and what mends it"},
    {"list", command_list, "scenarios, backends, results"},
    {"scenario", command_scenario, "make a scenario of a HAR, an OpenAPI document, a log, URLs or curl commands"},
    {"version", command_version, "what this program is made of: commit, libraries, options"},
    {"manual", command_manual, "the man page, and completion for shells"},
    {"keep", command_keep, "run a service and start it again when it ends, as a supervisor does"},
    {"upstream", command_upstream, "the slow service that backends call, to try one by hand"},
    {NULL, NULL, NULL},
};

/* The only global: a signal handler can reach nothing else. */
static atomic_bool stop;

static void on_signal(int signal)
{
    /* The second signal ends the program at once, in case the first was not enough. */
    if (atomic_exchange(&stop, true)) {
        struct sigaction plain = {.sa_handler = SIG_DFL};
        sigaction(signal, &plain, NULL);
        raise(signal);
    }
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, hangup;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    /* A terminal that is gone ends the run as Ctrl-C does, unless nohup asked for something else. */
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) {
        sigaction(SIGHUP, &action, NULL);
    }
}

static void help(FILE *out)
{
    fputs("twofold " TWOFOLD_VERSION ": what breaks first when traffic doubles\n\n", out);
    for (const struct command_entry *entry = command_entries; entry->name != NULL; entry++) {
        fprintf(out, "  twofold %-8s %s\n", entry->name, entry->what);
    }
    fputs("\nEach takes --help. Exit status: 0 fine; 1 it could not be done; 2 bad usage or input; 3 not valid;\n"
          "4 a --fail-if held; 130 interrupted.\n",
          out);
}

/* What to do next here, and what else there is. */
static int welcome(void)
{
    struct text next = {0};

    next_step_write(&next);
    puts(next.data);
    text_release(&next);
    help(stdout);
    return EXIT_FINE;
}

static int unknown(const char *name)
{
    const char *names[sizeof command_entries / sizeof command_entries[0]] = {NULL};

    for (size_t i = 0; command_entries[i].name != NULL; i++) {
        names[i] = command_entries[i].name;
    }
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL) {
        fprintf(stderr, "twofold: \"%s\": no such command; did you mean \"%s\"?\n", name, nearest);
    } else {
        fprintf(stderr, "twofold: \"%s\": no such command; twofold --help names all\n", name);
    }
    return EXIT_USAGE;
}

static int status_of(const struct error *err)
{
    switch (err->kind) {
    case ERROR_INPUT:
        return EXIT_USAGE;
    case ERROR_STOPPED:
        return EXIT_INTERRUPTED;
    default:
        return EXIT_FAILED;
    }
}

static int run(int argc, char **argv)
{
    struct error err = {0};
    const char *name = argc > 1 ? argv[1] : "";

    char option[] = "--help", *help_of[] = {argv[0], argc > 2 ? argv[2] : NULL, option, NULL};
    if (strcmp(name, "help") == 0 && argc > 2) {
        argv = help_of;
        name = argv[1];
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        help(stdout);
        return EXIT_FINE;
    }
    if (strcmp(name, "--version") == 0) {
        puts("twofold " TWOFOLD_VERSION);
        return EXIT_FINE;
    }
    for (const struct command_entry *entry = command_entries; entry->name != NULL; entry++) {
        if (strcmp(name, entry->name) == 0) {
            struct command_line line = {.argv = argv + 1, .stop = &stop};
            int status = entry->run(&line, &err);
            if (err.kind != ERROR_NONE) {
                fprintf(stderr, "twofold: %s\n", err.message);
                return status_of(&err);
            }
            return status;
        }
    }
    return argc > 1 ? unknown(name) : welcome();
}

int main(int argc, char **argv)
{
    command_open_standard();
    catch_signals();
    pinned_tools_use();
    return command_end(run(argc, argv));
}
