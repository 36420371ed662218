#include "bench/service/admission.h"

#include "base/clock.h"
#include "base/text.h"
#include "bench/dependency/health.h"
#include "bench/service/instance.h"
#include "host/process/listening_sockets.h"

#include <stdlib.h>

/* Verifications of a backend, of which all but the last met a dependency that failed. */
enum { TRIES_MOST = 3 };

/* How often the health of the dependencies is looked at while the service is verified. */
#define LOOK_EVERY_NS (100 * CLOCK_MILLISECOND_NS)

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

static int verify(const struct admission_options *options, const struct instance *instance,
                  struct verify_result *ret_result, struct error *err)
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
    verify.stop = options->run->stop;
    verify.goes_on = all_well;
    verify.context = &watching;
    int result = verify_run(&verify, ret_result, err);
    free(url);
    return result;
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

static int start_and_verify(const struct admission_options *options, struct verify_result *ret_result,
                            struct error *err)
{
    const struct run *run = options->run;
    struct instance_options start = {.manifest = options->manifest,
                                     .cores = &run->cores->split.service,
                                     .variables = run->dependencies->variables,
                                     .stop = run->stop};
    struct instance instance;

    if (instance_start(&instance, &start, err) != 0) {
        return -1;
    }
    int result = check_address(options->manifest, &instance, err);
    if (result == 0) {
        result = verify(options, &instance, ret_result, err);
        if (result == 0 && instance_check_alive(&instance, options->manifest->name, err) != 0) {
            verify_result_release(ret_result);
            result = -1;
        }
    }
    instance_stop(&instance);
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

int admission_check(const struct admission_options *options, struct verify_result *ret_result, struct error *err)
{
    struct dependencies *dependencies = options->run->dependencies;

    for (int i = 1; i <= TRIES_MOST; i++) {
        struct error why = {0};
        if (health_restore(dependencies, 0, err) != 0) {
            return -1;
        }
        int result = start_and_verify(options, ret_result, &why);
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        health_look(dependencies);
        if (health_is_good(dependencies)) {
            return result == 0 ? 0 : error_failed(err, "%s", why.message);
        }
        if (result == 0) {
            verify_result_release(ret_result);
        }
        if (i < TRIES_MOST) {
            tell(options);
        }
    }
    return give_up(options, err);
}
