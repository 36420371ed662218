#include "bench/service/admission.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "bench/dependency/health.h"
#include "bench/service/first_response.h"
#include "bench/service/instance.h"
#include "bench/service/starting/second_start.h"
#include "bench/service/starting/stream_stop.h"
#include "bench/service/starting/variables.h"
#include "bench/service/statements.h"
#include "bench/service/verifier.h"
#include "contract/operation.h"
#include "host/accept_queue.h"
#include "host/process/listening_sockets.h"
#include "host/system_file.h"

#include <inttypes.h>
#include <stdlib.h>

/* Verifications of a backend, of which all but the last met a dependency that failed. */
enum { TRIES_MOST = 3 };

/* How often the health of the dependencies is looked at while the service is verified. */
#define LOOK_EVERY_NS (100 * CLOCK_MILLISECOND_NS)

/* How long after a wrong response the service may be seen to have ended. */
enum { END_PATIENCE_MS = 200 };

/* Of an accept queue. */
enum { ROOM_LEAST = 4096 };

struct watching {
    struct dependencies *dependencies;
    uint64_t next_ns;
};

static bool all_well(void *context)
{
    struct watching *watching = context;
    uint64_t now_ns = clock_now_ns();

    if (now_ns >= watching->next_ns) {
        health_look(watching->dependencies);
        watching->next_ns = now_ns + LOOK_EVERY_NS;
    }
    return health_is_good(watching->dependencies);
}

static bool count_statements(void *context, uint64_t *ret_count)
{
    const struct watching *watching = context;
    struct error why = {0};

    return statements_count(watching->dependencies, ret_count, &why) == 0;
}

/* Toys of tests serve less than all of the contract, and ask their database as they like; and a database that was given
 * is not set otherwise. */
static bool begin_to_count(const struct admission_options *options, struct dependencies *dependencies)
{
    struct error why = {0};

    if (!dependencies_have_database(dependencies) || !operation_all(options->manifest->operations) ||
        dependencies->postgresql.given) {
        return false;
    }
    if (statements_begin(dependencies, &why) != 0) {
        progress_say(options->run->progress, "%s: its SQL statements are not counted: %s", options->manifest->name,
                     why.message);
        return false;
    }
    return true;
}

static int check_contract(const struct admission_options *options, const struct instance *instance,
                          struct admission *admission, struct error *err)
{
    struct dependencies *dependencies = options->run->dependencies;
    struct watching watching = {.dependencies = dependencies};
    struct verify_options verify;
    char *url = instance_url(instance);

    verify_options_init(&verify, url);
    verify.seed = options->seed;
    verify.idle_ns = options->idle_ns;
    verify.operations = options->manifest->operations;
    if (dependencies_have_upstream(dependencies)) {
        verify.upstream = &dependencies->upstream.rule;
    }
    verify.database = dependencies_have_database(dependencies);
    verify.model_cases = dependencies->provisions.model_cases;
    verify.table_rows = dependencies->provisions.table_rows;
    verify.token_key = dependencies->provisions.token_key;
    verify.stop = options->run->stop;
    verify.goes_on = all_well;
    verify.context = &watching;
    bool counting = begin_to_count(options, dependencies);
    verify.count_statements = counting ? count_statements : NULL;
    int result = verify_run(&verify, &admission->contract, err);
    if (counting && health_is_good(dependencies)) {
        statements_end(dependencies, NULL); /* where that fails, health_look will tell */
    }
    admission->has_contract = result == 0;
    free(url);
    return result;
}

/* What the contract asks for, or what the kernel cuts it down to. */
static uint64_t room_wanted(void)
{
    uint64_t most = 0;

    system_file_number("", "/proc/sys/net/core/somaxconn", &most);
    return most > 0 && most < ROOM_LEAST ? most : ROOM_LEAST;
}

/* Toys of tests serve less than all of the contract, and listen as they like. */
static void check_accept_queue(const struct manifest *manifest, const struct instance *instance,
                               struct admission *admission)
{
    struct accept_queue queue;
    uint32_t room;

    if (!operation_all(manifest->operations)) {
        return;
    }
    accept_queue_init(&queue, instance->port);
    if (accept_queue_room(&queue, &room) && room < room_wanted()) {
        admission->fault =
            mem_format("its accept queue holds %u connections, and the contract asks for %d", room, ROOM_LEAST);
    }
    accept_queue_release(&queue);
}

static int run_verifier(const struct admission_options *options, const struct instance_options *start,
                        const struct instance *instance, struct admission *admission, struct error *err)
{
    char **variables = instance_variables(instance->port, start);
    int result = verifier_run(&(struct verifier_options){.manifest = options->manifest,
                                                         .variables = variables,
                                                         .stop = options->run->stop},
                              &admission->fault, err);

    file_list_free(variables);
    return result;
}

static int check_first_responses(const struct admission_options *options, const struct instance *instance,
                                 struct admission *admission, struct error *err)
{
    return first_response_check(&(struct first_response_options){.scenario = options->run->scenario,
                                                                 .host = INSTANCE_HOST,
                                                                 .port = instance->port,
                                                                 .stop = options->run->stop},
                                &admission->fault, err);
}

/* By whatever the manifest names. */
static int verify(const struct admission_options *options, const struct instance_options *start,
                  const struct instance *instance, struct admission *admission, struct error *err)
{
    bool contract = options->manifest->operations != NULL, verifier = options->manifest->verify.argv != NULL;

    admission->verified = "ready";
    if (contract) {
        admission->verified = "contract";
        if (check_contract(options, instance, admission, err) != 0) {
            return -1;
        }
        check_accept_queue(options->manifest, instance, admission);
    }
    if (verifier && admission->fault == NULL) {
        admission->verified = contract ? "contract and verifier" : "verifier";
        return run_verifier(options, start, instance, admission, err);
    }
    if (!contract && options->run->scenario != NULL) {
        admission->verified = "first responses";
        return check_first_responses(options, instance, admission, err);
    }
    return 0;
}

/* Load goes to loopback, and so does nobody else's: a service that others reach from other machines is theirs too. */
static int check_address(const struct manifest *manifest, const struct instance *instance, struct error *err)
{
    if (!listening_sockets_are_open(instance->port)) {
        return 0;
    }
    return error_failed(err,
                        "%s: it listens on port %u of all addresses of this machine (0.0.0.0 or ::), so that other "
                        "machines reach it; it must listen on the address in HOST only, which is " INSTANCE_HOST,
                        manifest->name, instance->port);
}

/* A response that did not come may be the first that is seen of the end of the service. */
static char *end_of(struct instance *instance, bool suspect)
{
    char *end = instance_end(instance);

    for (int i = 0; end == NULL && suspect && i < END_PATIENCE_MS; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        end = instance_end(instance);
    }
    return end;
}

/* A sample service is held to the contract with what that takes for granted; of another one nobody knows whether it
 * starts without the variable of the scenario. Free it with file_list_free. */
static char **variables_of(const struct admission_options *options)
{
    const struct scenario *scenario = options->run->scenario;
    char *more[] = {NULL, NULL};

    if (options->manifest->operations == NULL && scenario != NULL && scenario->variable != NULL) {
        more[0] = mem_format("%s=%" PRIu64, scenario->variable, scenario->from);
    }
    char **variables = variables_join(options->run->dependencies->variables, more);
    free(more[0]);
    return variables;
}

static int start_and_verify(const struct admission_options *options, struct admission *ret_admission, struct error *err)
{
    const struct run *run = options->run;
    char **variables = variables_of(options);
    struct core_set cores;
    struct instance_options start = {.manifest = options->manifest,
                                     .cores = &cores,
                                     .memory_bytes = variables_memory(options->manifest, run->scenario),
                                     .variables = variables,
                                     .stop = run->stop};
    struct admission admission = {0};
    struct instance instance;

    cores_of_box(run->cores, &options->manifest->box, &cores);
    if (instance_start(&instance, &start, err) != 0) {
        file_list_free(variables);
        return -1;
    }
    int result = check_address(options->manifest, &instance, err);
    if (result == 0) {
        result = verify(options, &start, &instance, &admission, err);
    }
    admission.ended = end_of(&instance, result == 0 && !admission_is_good(&admission));
    admission.output = secret_without(instance_output(&instance), NULL);
    if (result == 0 && admission.ended == NULL && admission_is_good(&admission)) {
        stream_stop_check(&instance, options->manifest, INSTANCE_PATIENCE_NS, &admission.fault);
    }
    instance_stop(&instance);
    if (result == 0 && admission.has_contract && admission_is_good(&admission)) {
        result = second_start_check(&start, run->scenario, &admission.fault, err);
    }
    file_list_free(variables);
    if (result == 0) {
        *ret_admission = admission;
    } else {
        admission_release(&admission);
    }
    return result;
}

static void tell(const struct admission_options *options)
{
    struct text what = {0};

    health_describe(options->run->dependencies, &what);
    progress_say(options->run->progress,
                 "%s: %s while it was verified. That is made to work again, and it is verified anew",
                 options->manifest->name, what.data);
    text_release(&what);
}

static int give_up(const struct admission_options *options, struct error *err)
{
    struct text what = {0};

    health_describe(options->run->dependencies, &what);
    error_failed(err, "%s in each of %d tries to verify %s, which says nothing about it", what.data, TRIES_MOST,
                 options->manifest->name);
    text_release(&what);
    return -1;
}

int admission_check(const struct admission_options *options, struct admission *ret_admission, struct error *err)
{
    struct dependencies *dependencies = options->run->dependencies;

    for (int i = 1; i <= TRIES_MOST; i++) {
        struct admission found = {0};
        struct error why = {0};
        if (health_restore(dependencies, 0, err) != 0) {
            return -1;
        }
        int result = start_and_verify(options, &found, &why);
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        health_look(dependencies);
        if (health_is_good(dependencies) && result == 0) {
            *ret_admission = found;
            return 0;
        }
        admission_release(&found);
        if (health_is_good(dependencies)) {
            return error_failed(err, "%s", why.message);
        }
        if (i < TRIES_MOST) {
            tell(options);
        }
    }
    return give_up(options, err);
}

void admission_release(struct admission *admission)
{
    if (admission->has_contract) {
        verify_result_release(&admission->contract);
    }
    free(admission->fault);
    free(admission->ended);
    free(admission->output);
    *admission = (struct admission){0};
}
