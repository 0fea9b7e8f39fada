using System.CommandLine;
using PatchOperator.Api;
using PatchOperator.Cli.Files;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Windows;

/// <summary>Prints when the windows of a file open, in each time zone, and why not otherwise.</summary>
internal static class WindowsCommand
{
    public static Command Create(TimeProvider time)
    {
        var files = CommonOptions.Files("A file with PatchWindows, in YAML or JSON; - is standard input.");
        var nodes = new Option<string?>("--nodes")
        {
            Description = "A file with the nodes, as kubectl get nodes -o yaml gives them: windows are shown in their time zones.",
        };
        var from = CommonOptions.From();
        var count = new Option<int>("--count") { Description = "How many openings of each window in each time zone.", DefaultValueFactory = _ => 5 };
        var output = CommonOptions.Output();
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
                foreach (var other in manifests.Where(manifest => !SpecFiles.Is<PatchWindow>(manifest)).CountBy(manifest => manifest.Kind))
                    said.WriteLine($"ignored: {other.Value} of kind {other.Key}");
                var start = Times.Parse(parsed.GetValue(from)) ?? time.GetUtcNow();
                var windows = new SpecFiles(Snapshot.Empty, start).Windows(manifests).Read();
                var rows = new WindowRows(windows, parsed.GetValue(nodes) is { } file ? NodeFile.Read(file) : null);
                var found = rows.From(start, parsed.GetRequiredValue(count));
                written.Write(parsed.GetRequiredValue(output) == "json"
                    ? Json.Of(found)
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
}
