using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using PatchOperator.Testing;

namespace PatchOperator.Mutations;

/// <summary>A copy of the working tree that is broken, built and tested over and over. What was built in it is used again by the next run.</summary>
/// <param name="runs">The tests that are to notice, one run after the other.</param>
internal sealed partial class TestedCopy(IReadOnlyList<TestRun> runs)
{
    private const string Output = "bin/Debug/net10.0";
    private const string Own = "obj/Debug/net10.0";

    // What the compiler says of style is nothing about a break; and stories are told faster where it optimizes.
    private static readonly string[] Fast =
    [
        "-property:RunAnalyzers=false", "-property:TreatWarningsAsErrors=false", "-property:GenerateDocumentationFile=false", "-property:Optimize=true", "--nologo", "--verbosity", "quiet",
    ];

    private readonly string[] projects = [.. runs.Select(run => run.Project).Distinct()];
    private readonly string root = Repository.PathOf("out/mutations");

    // A break may make tests wait for what does not come.
    private TimeSpan testLimit = TimeSpan.FromMinutes(10);

    // As many as there are tests in a run of stories.
    private int stories;

    /// <summary>Brings the copy up to date, builds it, and sees that its tests pass as they are.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public async Task PrepareAsync()
    {
        await CopyAsync();
        foreach (var project in projects)
            if (await BuildAsync($"tests/{project}") is not { ExitCode: 0 } and var build)
                throw new InvalidOperationException($"{project} does not build:\n{build.Output}{build.Errors}");
        var began = TimeProvider.System.GetTimestamp();
        foreach (var run in runs)
            if (await FailureAsync(run) is { } failed)
                throw new InvalidOperationException($"fails without any mutation: {failed}");
        testLimit = 4 * TimeProvider.System.GetElapsedTime(began) + TimeSpan.FromMinutes(1);
    }

    /// <summary>Makes a break, tells what the tests say of it, and mends it again.</summary>
    public async Task<Outcome> TryAsync(Mutation mutation)
    {
        var path = PathOf(mutation.File);
        var text = await File.ReadAllTextAsync(path);
        if (mutation.Occurrences(text) is not 1 and var count)
            return new Outcome.Impossible($"what it takes away stands {count} times in {mutation.File}");
        var folder = string.Join('/', mutation.File.Split('/').Take(2));
        // Beside its output is that of other programs that it has in it.
        var assembly = Path.GetFileName(Directory.GetFiles(PathOf($"{folder}/{Own}"), "*.dll").Single());
        // What an assembly offers to others stays as it was, so that they need not be built again.
        var whole = projects.Select(project => PathOf($"tests/{project}/{Output}/{assembly}")).Where(File.Exists).ToDictionary(copy => copy, File.ReadAllBytes);
        try
        {
            await File.WriteAllTextAsync(path, mutation.Apply(text));
            var build = await BuildAsync(folder, "--no-restore", "-property:BuildProjectReferences=false");
            if (build.ExitCode != 0)
                return new Outcome.Impossible($"it does not compile: {CompilerError().Match(build.Output) switch { { Success: true } match => match.Value, _ => build.Output }}");
            foreach (var copy in whole.Keys)
                File.Copy(PathOf($"{folder}/{Output}/{assembly}"), copy, overwrite: true);
            foreach (var run in runs.Where(run => whole.ContainsKey(PathOf($"tests/{run.Project}/{Output}/{assembly}"))))
                if (await FailureAsync(run) is { } failed)
                    return new Outcome.Caught(failed);
            return new Outcome.Survived();
        }
        finally
        {
            await File.WriteAllTextAsync(path, text);
            foreach (var (copy, bytes) in whole)
                await File.WriteAllBytesAsync(copy, bytes);
        }
    }

    // A file is written only where it differs, or all would be built again; and then it is new, whatever was built of it before.
    private async Task CopyAsync()
    {
        var listed = await Command.RunAsync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        var files = listed.Succeeded().Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Repository.PathOf(file))).ToHashSet();
        foreach (var file in files)
        {
            var (bytes, copy) = (await File.ReadAllBytesAsync(Repository.PathOf(file)), PathOf(file));
            if (File.Exists(copy) && await File.ReadAllBytesAsync(copy) is var same && bytes.AsSpan().SequenceEqual(same))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await File.WriteAllBytesAsync(copy, bytes);
        }

        foreach (var copy in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(root, copy) is var file && !file.Split('/').Any(part => part is "bin" or "obj") && !files.Contains(file))
                File.Delete(copy);
    }

    // Ends them with the first that fails; what they would say after it is of no interest.
    private async Task<Failure?> FailureAsync(TestRun run)
    {
        string[] filter = run.Filter.Length == 0 ? [] : ["--filter", run.Filter];
        using var process = Command.Start(
            "env", [$"FIRST={run.First}", $"SEEDS={run.Seeds}", "dotnet", "test", $"tests/{run.Project}/{Output}/{run.Project}.dll", .. filter], root);
        var failed = new TaskCompletionSource<Failure>(TaskCreationOptions.RunContinuationsAsynchronously);
        string? test = null;
        void Read(object sender, DataReceivedEventArgs read)
        {
            var line = read.Data ?? "";
            if (FailedTest().Match(line) is { Success: true } match && (test = match.Groups["name"].Value) is { } name && run.Seeds is null)
                failed.TrySetResult(new Failure(name));
            else if (test is not null && FailedSeed().Match(line) is { Success: true } seed)
                failed.TrySetResult(new Failure(test) { Seed = $"seed {seed.Groups["seed"]}: {seed.Groups["what"]}", Played = (run.First * stories) + Number(seed) });
            else if (run.Seeds is not null && Total().Match(line) is { Success: true } total)
                stories = Number(total);
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(testLimit, TimeProvider.System);
        var ended = process.WaitForExitAsync(deadline.Token);
        await Task.WhenAny(failed.Task, ended);
        process.Kill(entireProcessTree: true);
        // Where stories are to notice, a test that is none does not count.
        return failed.Task.IsCompletedSuccessfully ? await failed.Task
            : ended.IsCanceled ? new Failure($"{run.Project}, which came to no end")
            : process.ExitCode == 0 || test is not null ? null
            : new Failure($"{run.Project}, which broke off");
    }

    private static int Number(Match match) => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    private Task<Command> BuildAsync(string project, params string[] options) => Command.RunAsync("dotnet", ["build", project, .. options, .. Fast], folder: root);

    private string PathOf(string relative) => Path.Combine(root, relative);

    // Without the arguments of a row of a table.
    [GeneratedRegex(@"^\[xUnit\.net [\d:.]+\] +(?:PatchOperator\.)?(?<name>[\w.]+).*\[FAIL\]$")]
    private static partial Regex FailedTest();

    // As Scenarios in PatchOperator.Tests writes it.
    [GeneratedRegex(@"seed (?<seed>\d+), number (?<number>\d+) of all: (?<what>.{0,120})")]
    private static partial Regex FailedSeed();

    [GeneratedRegex(@"^Total tests: (?<number>\d+)")]
    private static partial Regex Total();

    [GeneratedRegex(@"error CS\d+: [^\[\n]*")]
    private static partial Regex CompilerError();
}
