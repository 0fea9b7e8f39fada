namespace PatchOperator.Api;

/// <summary>
/// How long the CustomResourceDefinitions let lists and texts be that the operator writes or checks. What is longer is cut before it is written, as the API
/// server would refuse the whole status. A test compares each with the files in crds.
/// </summary>
public static class Limits
{
    /// <summary>The characters of a message for people.</summary>
    public const int Message = 1024;

    /// <summary>The characters of the name of a policy's author, and of who approves.</summary>
    public const int PersonName = 253;

    /// <summary>The schedules of a window.</summary>
    public const int WindowSchedules = 20;

    /// <summary>The blackouts of a window.</summary>
    public const int WindowBlackouts = 50;

    /// <summary>The places that a window names the time zones of.</summary>
    public const int WindowPlaces = 100;

    /// <summary>The time zones that a window's status tells of.</summary>
    public const int WindowZones = 40;

    /// <summary>The openings of a window that its status foresees.</summary>
    public const int UpcomingOpenings = 5;

    /// <summary>The nodes that a policy's status names as in need of a person.</summary>
    public const int PolicyAttention = 20;

    /// <summary>The updates that an operation is given, which are those of a run for nodes of one system.</summary>
    public const int ApprovedUpdates = 500;

    /// <summary>The updates that a run approves, for all systems.</summary>
    public const int PlannedUpdates = 2000;

    /// <summary>The updates that a node's status lists as pending; those that its policy does not ask for up to <see cref="ListedPackages"/> in all.</summary>
    public const int PendingUpdates = ApprovedUpdates;

    /// <summary>The times at which updates were first seen that a node's status does not list.</summary>
    public const int SeenTimes = 100;

    /// <summary>The updates of each of them.</summary>
    public const int SeenNames = 2000;

    /// <summary>The advisories that a pending update settles.</summary>
    public const int PendingAdvisories = 10;

    /// <summary>The vulnerabilities that a pending update mends.</summary>
    public const int PendingCves = 20;

    /// <summary>The packages that go for an update: on a node, or on those of a run in all.</summary>
    public const int Removals = 20;

    /// <summary>The waves of a policy; the last, of all other nodes, comes on top.</summary>
    public const int Waves = 20;

    /// <summary>The health checks of a policy.</summary>
    public const int HealthChecks = 20;

    /// <summary>The words of a hook's command, of its arguments, and its variables.</summary>
    public const int HookWords = 20;

    /// <summary>The commands that verify a node.</summary>
    public const int VerifyCommands = 20;

    /// <summary>The hooks of a run itself.</summary>
    public const int RunHooks = 2;

    /// <summary>The hooks of a node's turn.</summary>
    public const int NodeHooks = 3;

    /// <summary>The nodes that a run's status names as failed.</summary>
    public const int RunFailures = 50;

    /// <summary>The nodes that a run's status names as impossible to drain now.</summary>
    public const int RunBlocked = 30;

    /// <summary>The latest events that a run's status tells.</summary>
    public const int RunTimeline = 50;

    /// <summary>The nodes of a record.</summary>
    public const int RecordedNodes = 200;

    /// <summary>The baselines that a run's status tells about.</summary>
    public const int RunBaselines = 20;

    /// <summary>The packages that a node's status lists as changed by its last operation.</summary>
    public const int ListedPackages = 100;

    /// <summary>The causes that a node's status gives for a reboot.</summary>
    public const int RebootCauses = 20;

    /// <summary>The services that a node's status names as running code that was replaced.</summary>
    public const int OutdatedServices = 20;

    /// <summary>The tests of an image.</summary>
    public const int ImageTests = 20;

    /// <summary>The packages that an image's record names as pending.</summary>
    public const int ImagePendingNames = 10;

    /// <summary>The former images that a baseline's status remembers.</summary>
    public const int ImageHistory = 10;

    /// <summary>The rejected images that a baseline's status remembers.</summary>
    public const int RejectedImages = 10;

    /// <summary>The runs whose updates a baseline's status looks for in its image.</summary>
    public const int CoveredRuns = 10;

    /// <summary>The packages that an image lacks of a run, by name.</summary>
    public const int MissingNames = 5;
}
