/* A stand-in for libnvidia-ml with two boards: proves names, calling convention and struct layouts against a C compiler. */
#include <stddef.h>
#include <string.h>

typedef struct { unsigned int gpu, memory; } Utilization;
typedef struct { unsigned int pid; unsigned long long used; unsigned int gpuInstance, computeInstance; } ProcessInfo;
typedef union { double d; int i; unsigned int u; unsigned long ul; unsigned long long ull; long long ll; unsigned short us; } Value;
typedef struct
{
    unsigned int field, scope;
    long long timestamp, latency;
    int type;   /* an enum in the header */
    int result; /* an enum in the header */
    Value value;
} FieldValue;
typedef struct { unsigned int pid; unsigned long long time; unsigned int sm, mem, enc, dec; } ProcessSample;

_Static_assert(sizeof(Utilization) == 8, "nvmlUtilization_t");
_Static_assert(sizeof(ProcessInfo) == 24 && offsetof(ProcessInfo, gpuInstance) == 16, "nvmlProcessInfo_t");
_Static_assert(sizeof(FieldValue) == 40 && offsetof(FieldValue, timestamp) == 8 && offsetof(FieldValue, latency) == 16, "nvmlFieldValue_t");
_Static_assert(offsetof(FieldValue, type) == 24 && offsetof(FieldValue, result) == 28 && offsetof(FieldValue, value) == 32, "nvmlFieldValue_t");
_Static_assert(sizeof(ProcessSample) == 32 && offsetof(ProcessSample, sm) == 16, "nvmlProcessUtilizationSample_t");

enum { Ok = 0, Uninitialized = 1, Invalid = 2, NotSupported = 3, TooSmall = 7 };

static int sessions;
static unsigned long long energy[2] = { 1000, 2000 };
static unsigned int self;

#define EXPORT __attribute__((visibility("default")))
#define BOARD(device) \
    if (sessions == 0) return Uninitialized; \
    if ((device) != &energy[0] && (device) != &energy[1]) return Invalid; \
    int board = (int)((unsigned long long *)(device) - energy); (void)board

EXPORT int stubSessions(void) { return sessions; }
EXPORT void stubSetEnergy(unsigned int board, unsigned long long millijoules) { energy[board] = millijoules; }
EXPORT void stubSetSelf(unsigned int pid) { self = pid; }

#ifndef NO_INIT
EXPORT int nvmlInit_v2(void) { sessions++; return Ok; }
#endif

EXPORT int nvmlShutdown(void) { if (sessions == 0) return Uninitialized; sessions--; return Ok; }

EXPORT int nvmlDeviceGetCount_v2(unsigned int *count) { *count = 2; return sessions ? Ok : Uninitialized; }

EXPORT int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device)
{
    if (sessions == 0) return Uninitialized;
    if (index > 1) return Invalid;
    *device = &energy[index];
    return Ok;
}

EXPORT int nvmlDeviceGetUUID(void *device, char *text, unsigned int length)
{
    BOARD(device);
    strncpy(text, board == 0 ? "GPU-00000000-stub" : "GPU-11111111-stub", length);
    return Ok;
}

EXPORT int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *millijoules)
{
    BOARD(device);
#ifdef MODULE
    return NotSupported;
#else
    if (board == 1) return NotSupported;
    *millijoules = energy[0];
    return Ok;
#endif
}

#ifndef BARE
EXPORT int nvmlDeviceGetName(void *device, char *text, unsigned int length)
{
    BOARD(device);
    memset(text, 'N', length); /* no terminator */
    return Ok;
}

EXPORT int nvmlDeviceGetPowerUsage(void *device, unsigned int *milliwatts)
{
    BOARD(device);
#ifdef MODULE
    return NotSupported;
#else
    *milliwatts = 250000;
    return Ok;
#endif
}

/* Each item has its own code, type and scope; board 1 has no counter; what the driver does not know is an invalid argument. */
static void answer(int board, FieldValue *item)
{
    item->timestamp = 1700000000000000;
    item->latency = 12;
    item->result = Ok;
    memset(&item->value, 0xEE, sizeof item->value);
#ifdef MODULE
    if (item->field == 191 && item->scope == 1) { item->type = 3; item->value.ull = energy[board] + 5; return; }
#else
    if (item->field == 83 && board == 0) { item->type = 2; item->value.ul = energy[0]; return; }
    if (item->field == 186 && item->scope == 0) { item->type = 1; item->value.u = 240000; return; }
#endif
    item->result = item->field == 185 ? Invalid : NotSupported;
}

EXPORT int nvmlDeviceGetFieldValues(void *device, int count, FieldValue *values)
{
    BOARD(device);
    if (count < 1 || values == NULL) return Invalid;
    for (int i = 0; i < count; i++) answer(board, &values[i]);
    return Ok;
}

EXPORT int nvmlDeviceGetPowerManagementDefaultLimit(void *device, unsigned int *milliwatts)
{
    BOARD(device);
    *milliwatts = 300000;
    return Ok;
}

EXPORT int nvmlDeviceGetMigMode(void *device, unsigned int *current, unsigned int *pending)
{
    BOARD(device);
    *current = *pending = 0;
    return Ok;
}

EXPORT int nvmlDeviceGetUtilizationRates(void *device, Utilization *utilization)
{
    BOARD(device);
    utilization->gpu = 75;
    utilization->memory = 10;
    return Ok;
}

EXPORT int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, ProcessInfo *clients)
{
    BOARD(device);
    unsigned int room = *count;
    *count = 2;
    if (room < 2) return TooSmall;
    clients[0] = (ProcessInfo){ .pid = self, .used = ~0ull, .gpuInstance = ~0u, .computeInstance = ~0u };
    clients[1] = (ProcessInfo){ .pid = 1, .used = 1 << 20 };
    return Ok;
}

EXPORT int nvmlDeviceGetProcessUtilization(void *device, ProcessSample *samples, unsigned int *count, unsigned long long seen)
{
    BOARD(device);
    unsigned int room = *count;
    *count = 2;
    if (samples == NULL || room < 2) return TooSmall;
    samples[0] = (ProcessSample){ .pid = self, .time = seen + 5, .sm = 20 };
    samples[1] = (ProcessSample){ .pid = 1, .time = seen + 6, .sm = 60 };
    return Ok;
}
#endif
