#include "run/bench_line.h"

#include "backends/named_backends.h"
#include "gate/gate_line.h"

#include "base/core_set.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a resumed run says ---- */

/* Whether one of the URLs is "NAME=…", or "http://NAME/…" without a name of its own. */
static bool is_target(const struct arguments_list *urls, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < urls->count; i++) {
        const char *url = urls->items[i], *authority = strstr(url, "://");
        bool named = strncmp(url, name, length) == 0 && url[length] == '=';
        bool called = authority != NULL && strncmp(authority + 3, name, length) == 0 && authority[3 + length] == '/';
        if (named || called) {
            return true;
        }
    }
    return false;
}

/* The run log's own list of targets, cut into its words. */
static int take_over_targets(struct bench_line *line, struct error *err)
{
    struct run_record *run = &line->begun.run;
    struct target_line *targets = &line->targets;

    for (char *rest = NULL, *word = strtok_r(run->targets, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        if (targets->urls.count == ARGUMENTS_MOST) {
            return error_input(err, "bench: --resume: more than %d targets", ARGUMENTS_MOST);
        }
        targets->urls.items[targets->urls.count++] = word;
    }
    targets->protocol.http2 = targets->protocol.http2 || run->http2;
    targets->protocol.insecure = targets->protocol.insecure || run->insecure;
    if (targets->protocol.ca_file == NULL) {
        targets->protocol.ca_file = run->ca_file;
    }
    return 0;
}

/* Its names are those of all services: the targets among them are left out. */
static void take_over_backends(struct bench_line *line)
{
    struct text kept = {0};

    for (char *rest = NULL, *name = strtok_r(line->begun.run.backends, ",", &rest); name != NULL;
         name = strtok_r(NULL, ",", &rest)) {
        if (!is_target(&line->targets.urls, name)) {
            text_format(&kept, "%s%s", kept.length > 0 ? "," : "", name);
        }
    }
    free(line->begun.run.backends);
    line->begun.run.backends = kept.data;
    line->backends = named_backends_recorded(&line->begun.run);
}

static int take_over_services(struct bench_line *line, struct error *err)
{
    if (line->targets.urls.count == 0 && line->begun.run.targets != NULL && take_over_targets(line, err) != 0) {
        return -1;
    }
    if (line->backends == NULL) {
        take_over_backends(line);
    }
    return 0;
}

static int take_over_scenario(struct bench_line *line, struct error *err)
{
    const struct run_record *run = &line->begun.run;

    if (line->scenarios.count == 0 && !target_line_made(run)) {
        line->scenarios.items[line->scenarios.count++] = run->scenario_name;
    }
    return line->overrides.count == 0 ? overrides_add_text(&line->overrides, run->overridden, err) : 0;
}

/* Takes from the resumed run what the command line does not say. Where it says something else, the bench refuses that
 * by name. */
static int take_over(struct bench_line *line, struct error *err)
{
    struct profile_line *length = &line->length;
    struct run_log *begun = &line->begun;
    struct core_set cores;

    if (line->resume == NULL) {
        return 0;
    }
    if (line->out != NULL) {
        return error_input(err, "bench: --resume goes on in the run's own file; leave --out away");
    }
    if (run_log_read_outline(begun, line->resume, err) != 0) {
        return error_context(err, "bench: --resume");
    }
    if (take_over_scenario(line, err) != 0 || take_over_services(line, err) != 0) {
        return -1;
    }
    if (length->name == NULL && !length->quick) {
        length->name = begun->run.profile;
    }
    if (length->trials == 0) {
        length->trials = begun->run.trials;
    }
    if (line->box == NULL && line->several_boxes == NULL) {
        line->several_boxes = begun->run.box;
    }
    if (line->cores == 0 && core_set_read(&cores, begun->run.generator_cores, err) == 0) {
        line->cores = core_set_count(&cores);
    }
    return 0;
}

/* ---- the words ---- */

/* "127.0.0.1:8080", "localhost:8080/items/1" */
static bool lacks_scheme(const char *word)
{
    const char *colon = strchr(word, ':');
    return colon != NULL && colon > word && isdigit((unsigned char)colon[1]);
}

/* What is no option is a scenario, or a URL. */
static int take_words(struct bench_line *line, const struct arguments_list *words, struct error *err)
{
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->items[i];
        struct arguments_list *list = target_line_is_url(word) ? &line->targets.urls : &line->scenarios;
        if (list == &line->scenarios && lacks_scheme(word)) {
            return error_input(err, "bench: \"%s\" has no scheme; expected a URL such as http://%s", word, word);
        }
        if (list->count == ARGUMENTS_MOST) {
            return error_input(err, "bench: more than %d arguments", ARGUMENTS_MOST);
        }
        list->items[list->count++] = word;
    }
    line->targets.allow_remote = line->allow_remote;
    return 0;
}

static int read_boxes(struct bench_line *line, struct error *err)
{
    if (line->box != NULL && line->several_boxes != NULL) {
        return error_input(err, "bench: --box and --boxes: one of them says all, as --boxes "
                                "cpus=0.25,0.5,1,memory=256MiB does");
    }
    if (line->box != NULL) {
        line->boxes.boxes = mem_new(1, sizeof *line->boxes.boxes);
        line->boxes.count = 1;
        return box_read_text(line->boxes.boxes, line->box, err) == 0 ? 0 : error_context(err, "bench: --box");
    }
    if (line->several_boxes == NULL) {
        return 0;
    }
    return box_list_read_text(&line->boxes, line->several_boxes, err) == 0 ? 0 : error_context(err, "bench: --boxes");
}

static int check(struct bench_line *line, struct error *err)
{
    const struct arguments_list *names = &line->scenarios;
    bool several = names->count > 1 || (names->count == 1 && strcmp(names->items[0], "all") == 0);

    if (several && (line->out != NULL || line->resume != NULL || line->junit != NULL)) {
        return error_input(err, "bench: several scenarios leave a file each; --out, --junit and --resume take one "
                                "scenario");
    }
    if (profile_line_read(&line->length, &line->profile, &line->trials, err) != 0) {
        return error_context(err, "bench");
    }
    if (gate_line_check(&line->fail_if, err) != 0) {
        return error_context(err, "bench");
    }
    if (line->share && line->profile == PROFILE_QUICK) {
        return error_input(err, "bench: --share: a quick run is for a look, and not for others");
    }
    if (line->cores > 1024) {
        return error_input(err, "bench: --cores: expected 1 to 1024");
    }
    return read_boxes(line, err);
}

static int complete(struct bench_line *line, const struct arguments_list *words, struct error *err)
{
    if (take_words(line, words, err) != 0 || override_line_read(&line->changes, &line->overrides, err) != 0) {
        return -1;
    }
    line->named = line->backends != NULL || line->targets.urls.count > 0;
    if (take_over(line, err) != 0) {
        return -1;
    }
    if (line->scenarios.count == 0 && line->targets.urls.count == 0) {
        line->scenarios.items[line->scenarios.count++] = "catalog";
    }
    return check(line, err);
}

int bench_line_read(struct bench_line *line, const struct command_line *command, struct error *err)
{
    const char *backends = NULL;

    *line = (struct bench_line){0};
    const struct option options[] = {
        {"backends", OPTION_TEXT, &backends, "LIST",
         "such as go,./my-service (default: all in backends/; with --target: none)"},
        {"target", OPTION_TEXTS, &line->targets.urls, "[NAME=]URL", "a service that runs already; may be repeated"},
        {"watch", OPTION_TEXTS, &line->watches, "NAME=WHAT",
         "how a target's processes are read: auto, pid:N, cgroup:PATH, container:NAME, metrics:URL, ssh:HOST or none; "
         "may be repeated"},
        {"http2", OPTION_FLAG, &line->targets.protocol.http2, NULL, "HTTP/2 and nothing else is spoken to targets"},
        {"cacert", OPTION_TEXT, &line->targets.protocol.ca_file, "FILE",
         "trust these certificates (PEM) of targets instead of the system's"},
        {"insecure", OPTION_FLAG, &line->targets.protocol.insecure, NULL, "any certificate of a target will do"},
        OVERRIDE_OPTIONS(line->changes),
        {"profile", OPTION_TEXT, &line->length.name, "NAME",
         "quick: a look; standard: the default; rigorous: for a claim"},
        {"quick", OPTION_FLAG, &line->length.quick, NULL, "short for --profile quick: steps of a quarter of the time"},
        {"trials", OPTION_COUNT, &line->length.trials, "N",
         "climbs of each backend, interleaved (default 1; rigorous: 6)"},
        {"cores", OPTION_COUNT, &line->cores, "N", "cores for the generator (default 1); the service gets the rest"},
        {"box", OPTION_TEXT, &line->box, "BOX", "what each service may use, as a pod has it: cpus=0.5,memory=256MiB"},
        {"boxes", OPTION_TEXT, &line->several_boxes, "BOXES",
         "several, such as cpus=0.25,0.5,1: what a larger one buys"},
        {"fail-if", OPTION_TEXTS, &line->fail_if, "CONDITION",
         "such as 'capacity<5000' or 'first!=latency'; exit status 4 when it holds; may be repeated"},
        {"junit", OPTION_TEXT, &line->junit, "FILE",
         "in the end also a case for each limit and --fail-if, as JUnit XML, in a new file"},
        {"service-on", OPTION_TEXT, &line->service_on, "HOST",
         "under mpirun or srun: the host of the rank that starts the services, or rank:N; the others send the load"},
        {"out", OPTION_TEXT, &line->out, "FILE",
         "the run log, a new file; not compressed without .gz (default: results/SCENARIO-TIME.jsonl.gz)"},
        {"share", OPTION_FLAG, &line->share, NULL,
         "a run to be shared: also takes the times of builds; `make bench SHARE=1` pins the toolchains, too"},
        {"allow-remote", OPTION_FLAG, &line->allow_remote, NULL,
         "targets, and the database of DATABASE_URL, may be on another machine"},
        {"profile-break", OPTION_FLAG, &line->profile_break, NULL,
         "in the end, run the load that breaks and the one before it again under perf: what the service did"},
        {"serve", OPTION_FLAG, &line->serve, NULL,
         "show the page of the run while it goes on, on a port of this machine that is said"},
        {"resume", OPTION_TEXT, &line->resume, "FILE", "go on with a run that was cut short, as it was begun"},
        ARGUMENTS_EXAMPLE("bench --target http://127.0.0.1:8080/items/1",
                          "your own service, as it runs: GETs of that URL from 50/s on, doubling"),
        ARGUMENTS_EXAMPLE("bench catalog --backends go,rust --quick", "two sample services, a look"),
        ARGUMENTS_EXAMPLE("bench mine --target old=http://127.0.0.1:8080 --target new=http://127.0.0.1:8081 --trials 6",
                          "two versions of one service, told apart where they differ"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list words;

    int result = command_read(command, "bench [SCENARIO…|all] [URL…] [options]", options, &words, err);
    if (result != 0) {
        return result;
    }
    line->backends = named_backends_words(&backends, backends != NULL);
    return complete(line, &words, err);
}

void bench_line_release(struct bench_line *line)
{
    overrides_release(&line->overrides);
    file_list_free(line->backends);
    run_log_release(&line->begun);
    box_list_release(&line->boxes);
}
