using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Tests.Simulation;

/// <summary>A node of the simulated cluster: what is true of it, and what the operator has written about it.</summary>
internal sealed class SimulatedNode(string name)
{
    public string Name { get; } = name;

    public string Uid { get; } = $"uid-{name}";

    public int Boots { get; set; } = 1;

    public bool Ready { get; set; } = true;

    public DateTimeOffset ReadySince { get; set; } = Given.Noon.AddDays(-1);

    /// <summary>When the node, away for a reboot, is back; null while it is up, or when it never comes back.</summary>
    public DateTimeOffset? BackAt { get; set; }

    public bool Unschedulable { get; set; }

    public string? CordonedBy { get; set; }

    public bool AdministratorCordoned { get; set; }

    /// <summary>What is installed is the new version.</summary>
    public bool Patched { get; set; }

    public bool RebootDue { get; set; }

    public bool RepositoryBroken { get; set; }

    public bool NeverComesBack { get; set; }

    /// <summary>Pods that must leave before the node is drained.</summary>
    public int Pods { get; set; } = 2;

    public bool Tracked { get; set; }

    public NodePatchSpec Spec { get; set; } = new();

    public NodePatchStatus Status { get; set; } = new();

    public Dictionary<string, SimulatedJob> Jobs { get; } = [];

    public NodeFacts Facts => new()
    {
        Name = Name,
        Uid = Uid,
        Ready = Ready,
        ReadySince = ReadySince,
        Unschedulable = Unschedulable,
        CordonedBy = CordonedBy,
        BootId = $"{Name}-boot-{Boots}",
    };

    public StepReport Inventory(bool succeeded, string reason, IReadOnlyList<ChangedPackage>? changed = null) => new()
    {
        Succeeded = succeeded,
        Reason = reason,
        Message = reason,
        Host = new NodeIdentity { OsFamily = "debian-12" },
        Packages = 1,
        PatchLevel = Patched ? "new" : "old",
        Pending = Patched ? [] : [Given.Package("openssl")],
        PendingCount = Patched ? new PendingCount() : new PendingCount { Security = 1, Total = 1 },
        RebootRequired = RebootDue,
        RebootBecause = RebootDue ? ["pid 1 uses a deleted library"] : [],
        Changed = changed ?? [],
    };
}

/// <summary>A Job of the simulated cluster.</summary>
internal sealed record SimulatedJob(string Name, OperationStep Step, string? BootId)
{
    public bool Finished { get; init; }

    public StepReport? Report { get; init; }

    public JobFacts Facts => new() { Name = Name, Finished = Finished, BootId = BootId, Report = Report };
}
