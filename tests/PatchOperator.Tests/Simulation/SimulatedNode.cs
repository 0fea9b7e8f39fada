namespace PatchOperator.Tests.Simulation;

/// <summary>What is true of a node, whatever anybody knows of it.</summary>
internal sealed class SimulatedNode(string name)
{
    public string Name { get; } = name;

    public int Boots { get; set; } = 1;

    public bool Up { get; set; } = true;

    /// <summary>Whether the new version is installed.</summary>
    public bool Patched { get; set; }

    /// <summary>Whether the agent has found so, since the machine was made or restored.</summary>
    public bool FoundPatched { get; set; }

    /// <summary>The version that its mirror has.</summary>
    public string Candidate { get; set; } = "2";

    public bool RebootDue { get; set; }

    /// <summary>Whether patching makes a reboot due; null when chance has it.</summary>
    public bool? NeedsReboot { get; set; }

    public bool RepositoryBroken { get; set; }

    /// <summary>Whether the new version does not work: no verification finds it well.</summary>
    public bool UpdateIsBad { get; set; }

    /// <summary>The operation that has replaced the old version and kept it; null where none is kept.</summary>
    public string? KeptOf { get; set; }

    public bool NeverComesBack { get; set; }

    /// <summary>Whether its pods may not be evicted.</summary>
    public bool Blocked { get; set; }

    /// <summary>Whether its pods do not end when they are told to.</summary>
    public bool PodsStay { get; set; }

    public bool AdministratorCordoned { get; set; }

    /// <summary>The boot in which the agent has verified it last.</summary>
    public int? VerifiedIn { get; set; }

    public List<SimulatedPod> Pods { get; } = [];

    /// <summary>The names of the pods of Jobs that it has, or had.</summary>
    public List<string> JobPods { get; } = [];
}
