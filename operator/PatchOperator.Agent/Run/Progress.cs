using System.Globalization;

namespace PatchOperator.Agent.Run;

/// <summary>What goes on, for a person who reads the Job's log: lines with a time on standard error.</summary>
internal sealed class Progress(TextWriter errors, TimeProvider time)
{
    public void Say(string line) =>
        errors.WriteLine($"{time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)} {line}");

    /// <summary>Lines of the package manager's own.</summary>
    public void Quote(string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Say("  | " + line.TrimEnd('\r'));
    }
}
