namespace PatchOperator.Tests.Simulation;

/// <summary>An object came, changed or went.</summary>
/// <param name="Before">Null when it came.</param>
/// <param name="After">Null when it went.</param>
internal sealed record Change(StoredObject? Before, StoredObject? After)
{
    /// <summary>The newest that is known of it.</summary>
    public StoredObject Object => (After ?? Before)!;
}
