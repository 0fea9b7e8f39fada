using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatchOperator.Api;
using PatchOperator.Cli.Files;

namespace PatchOperator.Cli.Windows;

/// <summary>Prints when the windows of a file open, in each time zone, and why not otherwise.</summary>
internal static class WindowsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(TimeProvider time)
    {
        var files = new Option<string[]>("--filename", "-f")
        {
            Description = "A file with PatchWindows, in YAML or JSON; - is standard input.",
            Required = true,
        };
        var nodes = new Option<string?>("--nodes")
        {
            Description = "A file with the nodes, as kubectl get nodes -o yaml gives them: windows are shown in their time zones.",
        };
        var from = new Option<string?>("--from") { Description = "From when on, such as 2026-12-24T22:00Z; in UTC where it does not say so. Default: now." };
        var count = new Option<int>("--count") { Description = "How many openings of each window in each time zone.", DefaultValueFactory = _ => 5 };
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null)
                result.AddError($"--from: '{text}' is not a time such as 2026-12-24T22:00Z");
        });
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--count must be 1 at least");
        });
        var command = new Command("windows", "Prints when the PatchWindows of a file open, in each time zone, and why not otherwise.")
        {
            files, nodes, from, count, output,
        };
        command.SetAction(parsed =>
        {
            var (written, said) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                var manifests = parsed.GetRequiredValue(files).SelectMany(ManifestFile.Read).ToList();
                foreach (var other in manifests.Where(manifest => !WindowFile.Is<PatchWindow>(manifest)).CountBy(manifest => manifest.Kind))
                    said.WriteLine($"ignored: {other.Value} of kind {other.Key}");
                var rows = new WindowRows(WindowFile.Read(manifests), parsed.GetValue(nodes) is { } file ? NodeFile.Read(file) : null);
                var found = rows.From(Parse(parsed.GetValue(from)) ?? time.GetUtcNow(), parsed.GetRequiredValue(count));
                written.Write(parsed.GetRequiredValue(output) == "json"
                    ? JsonSerializer.Serialize(found, Json) + "\n"
                    : Table.Write([WindowRow.Head, .. found.Select(row => row.Cells())]));
                foreach (var remark in rows.Remarks)
                    said.WriteLine(remark);
                return 0;
            }
            catch (MistakeException exception)
            {
                said.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
}
