using System.Globalization;

namespace PatchOperator.Tests.Simulation;

/// <summary>What happened, line by line: time, object, what.</summary>
internal sealed class Journal(TimeProvider time)
{
    /// <summary>All of it.</summary>
    public List<string> Lines { get; } = [];

    public void Add(string about, string what) => Lines.Add($"{time.GetUtcNow().ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture)}  {about,-26} {what}");
}
