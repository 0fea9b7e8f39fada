using System.Globalization;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Hosts;

/// <summary>When the state of files has last changed: package managers date what they fetch as its maker does, but take it in hand at each look.</summary>
internal static class ChangeTimes
{
    /// <summary>In UTC, in the order of the files.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> ReadAsync(HostCommands commands, IEnumerable<string> files, Deadline deadline)
    {
        var output = await commands.ReadAsync(new HostCommand("stat", ["--format=%Z", "--", .. files]), deadline.Token);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => DateTimeOffset.FromUnixTimeSeconds(long.Parse(line, CultureInfo.InvariantCulture))),
        ];
    }
}
