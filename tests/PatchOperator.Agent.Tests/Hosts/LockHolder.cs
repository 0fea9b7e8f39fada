using System.Diagnostics;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>Another process that holds a lock as dpkg does: fcntl(2), F_SETLK, a write lock on the whole file.</summary>
internal sealed class LockHolder : IDisposable
{
    private const string Program = """
        use Fcntl; open(my $f, ">>", $ARGV[0]) or die;
        my $lock = pack("s s x![q] q q i x![q]", F_WRLCK, 0, 0, 0, 0);
        fcntl($f, F_SETLK, $lock) or die "not locked: $!";
        $| = 1; print "locked\n"; <STDIN>;
        """;

    private readonly Process process;

    public LockHolder(string path)
    {
        process = Shell.Start("perl", "-e", Program, path);
        if (process.StandardOutput.ReadLine() != "locked")
            throw new InvalidOperationException($"cannot lock {path}: {process.StandardError.ReadToEnd()}");
    }

    public string Description => $"perl (process {process.Id})";

    public void Release() => process.StandardInput.Close();

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
