#include "bench/service/admission.h"

#include "bench/service/instance.h"
#include "host/process/listening_sockets.h"

#include <stdlib.h>

static int verify(const struct admission_options *options, const struct instance *instance,
                  struct verify_result *ret_result, struct error *err)
{
    const struct dependencies *dependencies = options->run->dependencies;
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

int admission_check(const struct admission_options *options, struct verify_result *ret_result, struct error *err)
{
    const struct run *run = options->run;
    struct instance_options start = {.manifest = options->manifest,
                                     .cores = &run->cores->split.service,
                                     .variables = run->dependencies->variables,
                                     .stop = run->stop};
    struct instance instance;

    if (dependencies_reset(run->dependencies, 0, err) != 0 || instance_start(&instance, &start, err) != 0) {
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
