#include "report/data/json_forecast.h"

#include "report/data/json_value.h"

static json_t *errors_of(const struct early_warning *early_warning)
{
    json_t *object = json_object();

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        const struct signal_score *score = &early_warning->scores[i];
        json_t *value = json_null();
        if (score->count > 0) {
            value = json_object();
            json_object_set_new(value, "steps", json_value_count(score->count));
            json_object_set_new(value, "median_error", json_value_number(score->median_error));
        }
        json_object_set_new(object, forecast_signal_name((enum forecast_signal)i), value);
    }
    return object;
}

static json_t *visible_of(const struct early_warning *early_warning)
{
    bool visible = early_warning->steps_before > 0;
    json_t *object = json_object();

    json_object_set_new(object, "steps_before", json_value_count(early_warning->steps_before));
    json_object_set_new(object, "level", visible ? json_value_count(early_warning->seen_at) : json_null());
    json_object_set_new(object, "signal",
                        visible ? json_value_text(forecast_signal_name(early_warning->signal)) : json_null());
    json_object_set_new(object, "in_spikes", visible ? json_boolean(early_warning->in_spikes) : json_null());
    json_object_set_new(object, "seen", visible ? json_value_number(early_warning->seen) : json_null());
    json_object_set_new(object, "limit", visible ? json_value_number(early_warning->limit) : json_null());
    json_object_set_new(object, "expected", visible ? json_value_number(early_warning->expected) : json_null());
    return object;
}

static json_t *next_of(const struct early_warning *early_warning)
{
    json_t *object = json_object();

    json_object_set_new(object, "level", json_value_count(early_warning->next_level));
    json_object_set_new(object, "signal", json_value_text(forecast_signal_name(early_warning->next_signal)));
    json_object_set_new(object, "expected", json_value_number(early_warning->next_expected));
    json_object_set_new(object, "limit", json_value_number(early_warning->next_limit));
    json_object_set_new(object, "breaks", json_boolean(early_warning->next_expected > early_warning->next_limit));
    return object;
}

json_t *json_forecast_forecast(const struct backend_finding *backend)
{
    const struct early_warning *early_warning = &backend->early_warning;
    bool scored = false;
    json_t *object = json_object();

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        scored = scored || early_warning->scores[i].count > 0;
    }
    if (!scored && !early_warning->asked && !early_warning->next_known) {
        json_decref(object);
        return json_null();
    }
    json_object_set_new(object, "errors", errors_of(early_warning));
    json_object_set_new(object, "visible", early_warning->asked ? visible_of(early_warning) : json_null());
    json_object_set_new(object, "next", early_warning->next_known ? next_of(early_warning) : json_null());
    return object;
}

json_t *json_forecast_recovery(const struct backend_finding *backend)
{
    const struct recovery_finding *recovery = &backend->recovery;

    if (recovery->record == NULL) {
        return json_null();
    }
    json_t *object = json_object();
    json_object_set_new(object, "recovered", json_boolean(recovery->recovered));
    json_object_set_new(object, "after_ms",
                        recovery->recovered ? json_value_number((double)recovery->after_ns / 1e6) : json_null());
    json_object_set_new(object, "within_ms", json_value_number((double)recovery->within_ns / 1e6));
    json_object_set_new(object, "died", json_boolean(recovery->died));
    json_object_set_new(object, "idle_bytes", json_value_known(recovery->idle_bytes, 0));
    json_object_set_new(object, "first_step_bytes", json_value_known(recovery->first_bytes, 0));
    json_object_set_new(object, "highest_bytes", json_value_known(recovery->highest_bytes, 0));
    json_object_set_new(object, "held_bytes", json_value_known(recovery->held_bytes, 0));
    return object;
}
