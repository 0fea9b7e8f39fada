using PatchOperator.Agent.Exec;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Tests.Hosts;

public class HostFilesTests
{
    [Theory]
    [InlineData("plain", "/plain")]
    [InlineData("/absolute/x", "/real/x")]
    [InlineData("/relative/x", "/real/x")]
    [InlineData("/escape/etc", "/etc")]
    [InlineData("/../../etc", "/etc")]
    [InlineData("/real/./none/../x", "/real/x")]
    public void Links_are_followed_inside_the_hosts_root(string path, string expected)
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-links-").FullName;
        Directory.CreateDirectory(root + "/real/deep");
        File.CreateSymbolicLink(root + "/absolute", "/real");
        File.CreateSymbolicLink(root + "/relative", "real/deep/..");
        File.CreateSymbolicLink(root + "/escape", "../../../..");

        Assert.Equal(root + expected, new HostRoot(root).Locate(path));

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void A_loop_of_links_is_an_error()
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-links-").FullName;
        File.CreateSymbolicLink(root + "/a", "/b");
        File.CreateSymbolicLink(root + "/b", "/a");

        Assert.Throws<IOException>(() => new HostRoot(root).Locate("/a"));

        Directory.Delete(root, recursive: true);
    }

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "debian-12", "Debian GNU/Linux 12 (bookworm)", true)]
    [InlineData("NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\nVERSION_ID='24.04'\n", "ubuntu-24.04", "Linux", true)]
    [InlineData("ID=debian\n# testing has no version\n", "debian", "Linux", true)]
    [InlineData("ID=fedora\nVERSION_ID=42\n", "fedora-42", "Linux", false)]
    [InlineData("", "linux", "Linux", false)]
    public void Reads_os_release(string text, string family, string prettyName, bool debian)
    {
        var os = OsRelease.Parse(text);

        Assert.Equal((family, prettyName, debian), (os.Family, os.PrettyName, os.IsA("debian")));
    }

    [Fact]
    public void Needs_on_one_file_system_are_added_up()
    {
        var mounts = MountTable.Parse("1 0 8:1 / / rw - ext4 a rw\n2 1 8:1 / /tmp/host rw - ext4 a rw\n3 2 8:2 / /tmp/host/boot rw - ext4 b rw\n");
        var space = new DiskSpace(new HostRoot("/tmp/host"), mounts, _ => 10 << 20);

        Assert.Equal("/tmp/host/boot", mounts.Of("/tmp/host/boot/grub").Point);
        Assert.Equal("/tmp/host", mounts.Of("/tmp/host/boots").Point);
        Assert.Empty(space.Shortages([new("/var", 6 << 20), new("/usr", 4 << 20), new("/boot", 0)]));
        Assert.Equal(
            ["the file system / needs 11.0 MiB (/var, /usr) and has 10.0 MiB free"],
            space.Shortages([new("/var", 6 << 20), new("/usr", 5 << 20)]));
    }

    [Fact]
    public void Of_the_containers_environment_only_proxies_reach_the_host()
    {
        var ambient = new Dictionary<string, string> { ["https_proxy"] = "http://proxy:3128", ["NO_PROXY"] = ".local", ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1", ["LD_PRELOAD"] = "x" };

        var variables = HostEnvironment.Make(ambient.GetValueOrDefault);

        Assert.Equal("http://proxy:3128", variables["https_proxy"]);
        Assert.Equal(".local", variables["NO_PROXY"]);
        Assert.Equal(("C", "noninteractive", "1"), (variables["LC_ALL"], variables["DEBIAN_FRONTEND"], variables["NEEDRESTART_SUSPEND"]));
        Assert.DoesNotContain("LD_PRELOAD", variables.Keys);
        Assert.DoesNotContain("KUBERNETES_SERVICE_HOST", variables.Keys);
    }

    [Fact]
    public void Arguments_of_the_hidden_subcommand_come_back_as_they_went()
    {
        var arguments = new ExecArguments("/host", "/var/log", ["sh", "-c", "--", "--root"]);

        var parsed = ExecArguments.Parse(arguments.Format().Skip(1).ToArray())!;

        Assert.Equal((arguments.Root, arguments.OutputFile), (parsed.Root, parsed.OutputFile));
        Assert.Equal(arguments.Command, parsed.Command);
        Assert.Null(ExecArguments.Parse(["--root", "/host", "--"]));
    }
}
