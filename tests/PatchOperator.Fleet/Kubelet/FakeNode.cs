namespace PatchOperator.Fleet.Kubelet;

/// <summary>What is on one pretended node. Written by one pod at a time, as the operator promises.</summary>
internal sealed class FakeNode(int number)
{
    public int Number => number;

    public string Name { get; } = FleetNodes.Name(number);

    /// <summary>Every other node needs a reboot for its updates.</summary>
    public bool UpdatesNeedReboot => number % 2 == 0;

    /// <summary>The release of the distribution that is installed; updates are pending while there is a later one.</summary>
    public int Installed { get; set; }

    public bool RebootRequired { get; set; }

    public int Boots { get; set; }

    public string BootId => FleetNodes.BootId(number, Boots);

    /// <summary>As the API server has it.</summary>
    public volatile bool Cordoned;

    /// <summary>When <see cref="Ready"/> changed.</summary>
    public DateTime ReadySince { get; set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public bool Ready { get; set; } = true;
}
