#include "bench/service/admission.h"

#include "bench/service/instance.h"

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
    int result = verify(options, &instance, ret_result, err);
    instance_stop(&instance);
    return result;
}
