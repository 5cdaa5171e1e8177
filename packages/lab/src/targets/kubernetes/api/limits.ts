// Limits of the Kubernetes target, each with a name. Times in milliseconds.

/** One call to the API server. */
export const CALL_MS_MAX = 15_000;
/** How long a cluster that has answered before may be away; a call is then made again. */
export const AWAY_MS_MAX = 30_000;
/** Between two tries of a call. */
export const CALL_RETRY_MS = 500;
/** The longest wait that the API server may ask for with `retry-after`. */
export const RETRY_AFTER_MS_MAX = 10_000;
/** The pods of a large cluster are some hundred megabytes of JSON. */
export const ANSWER_BYTES_MAX = 536_870_912;
/** Of an answer that is no Status: how much of it is shown. */
export const SAID_CHARACTERS_MAX = 200;
/** Until a credential plugin has printed its credential; a person may have to log in meanwhile. */
export const PLUGIN_MS_MAX = 120_000;
/** How much of what a credential plugin prints is kept. */
export const PLUGIN_CHARACTERS_MAX = 1_048_576;
/** A token in a file is read again after this long, as kubectl does. */
export const TOKEN_FILE_AGE_MS_MAX = 60_000;
/** A watch that is silent for this long is opened anew: its connection may be gone without a word. */
export const WATCH_SILENCE_MS_MAX = 30_000;
/** A line of a watch; a pod's object is some kilobytes. */
export const WATCH_LINE_CHARACTERS_MAX = 4_194_304;
/** From an agent's Job, or a block's Deployment, until every pod is ready. */
export const PODS_READY_MS_MAX = 180_000;
/** A pod that has no node, or whose controller could not make it, for this long is told of as an error. */
export const STUCK_MS_MAX = 8_000;
/** Restarts after which a pod counts as one that crashes, not one that stumbled. */
export const CRASHES_MAX = 2;
/** From Ready until the Service sends to every replica and to nothing else. */
export const ENDPOINTS_MS_MAX = 30_000;
/** Where answers name no replica, the nodes get so long to learn the Service's endpoints, which cannot be observed. */
export const NODES_LEARN_MS = 2_000;
/** Pods that were told to end and are still there after this long are removed by force; their grace is 15 s. */
export const FORCED_MS = 25_000;
/** Until the namespace, or what is in it, is gone. */
export const GONE_MS_MAX = 120_000;
/** A request over a port-forward is tried again on a new one until this long after it came. */
export const FORWARD_MS_MAX = 30_000;
/** One try of it. */
export const FORWARD_TRY_MS_MAX = 8_000;
/** One try to read a replica's whole ledger of a cell. */
export const LEDGER_TRY_MS_MAX = 60_000;
/** From "all agents are ready" to the agreed instant: all agents hear of it through the API server. */
export const START_LEAD_MS = 250;
/** How long an agent's state is told again without asking: the kubelets must not be the bottleneck. */
export const STATE_AGE_MS_MAX = 120;
/** Last lines of a pod's log that an error shows. */
export const LOG_LINES_MAX = 15;
/** The study says this often that it lives; its lease lasts three times as long. */
export const LEASE_RENEW_MS = 10_000;
/** How long a replica may take to say how it was throttled; after that it is not known. */
export const THROTTLED_MS_MAX = 5_000;
/** A sample asks each pod and each kubelet. */
export const SAMPLE_MS = 150;
/** How long a pod may take to say what it and its node used; after that it is not known. */
export const LOOK_MS_MAX = 2_000;
/** Throttling is on a larger page of the kubelet, which changes every ten to fifteen seconds. */
export const THROTTLE_SAMPLE_MS = 5_000;
