using System.CommandLine;

namespace PatchOperator.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The files that a command is about.</summary>
    public static Option<string[]> Files(string description) => new("--filename", "-f") { Description = description, Required = true };

    /// <summary>From when on; see <see cref="Times.Parse"/>.</summary>
    public static Option<string?> From()
    {
        var from = new Option<string?>("--from") { Description = "From when on, such as 2026-12-24T22:00Z; in UTC where it does not say so. Default: now." };
        from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Times.Parse(text) is null)
                result.AddError($"--from: '{text}' is not a time such as 2026-12-24T22:00Z");
        });
        return from;
    }

    /// <summary>For people, or for programs.</summary>
    public static Option<string> Output()
    {
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        return output;
    }
}
