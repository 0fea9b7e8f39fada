using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>What would ask somebody at a terminal, were there anybody: a patch ends by itself, and does all.</summary>
public class QuestionTests
{
    private const string Debconf = ". /usr/share/debconf/confmodule\n";
    private const string Question = "Template: app/where\nType: string\nDescription: Where to?\n There is no default.\n";

    private const string News = "app (2.0) stable; urgency=high\n\n  * Everything is different.\n\n -- Nobody <nobody@example.org>  Mon, 02 Nov 2026 12:00:00 +0000\n";

    // Reads what it is given, as far as that goes, and then the terminal.
    private const string Hook = """
        #!/bin/sh
        cat > /dev/null
        if { read -r answer < /dev/tty; } 2> /dev/null; then echo "$1 $answer" >> /hooks; else echo "$1 nobody" >> /hooks; fi

        """;

    [Fact]
    public async Task A_critical_question_of_debconf_without_a_default_and_a_hook_that_reads_the_terminal_stop_nothing()
    {
        using var host = new TestHost()
            .Main(
                APackage("app", "1.0").WithConffile("etc/app.conf", "default 1\n"),
                APackage("app", "2.0").WithConffile("etc/app.conf", "default 2\n").WithFile("DEBIAN/templates", Question)
                    .WithScript("config", $"{Debconf}db_input critical app/where || true\ndb_go || true")
                    .WithPostinst($"{Debconf}db_get app/where\necho \"answer: $RET\" > /answer\ndb_stop"))
            .Install("app=1.0")
            .Configure("apt.conf.d/99hooks", "DPkg::Pre-Install-Pkgs {\"/bin/sh /hook before\";};\nDPkg::Post-Invoke {\"/bin/sh /hook after\";};\n");
        host.Run("sh", "-c", "echo debconf debconf/frontend select Readline | debconf-set-selections; echo debconf debconf/priority select low | debconf-set-selections");
        host.Write("hook", Hook);
        host.Write("etc/app.conf", "mine\n");

        var report = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("app", "1.0", "2.0")], report.Changed);
        Assert.Equal(("answer: \n", "mine\n"), (host.Read("answer"), host.Read("etc/app.conf")));
        Assert.Equal("before nobody\nafter nobody\n", host.Read("hooks"));
    }

    [Fact]
    public async Task What_needrestart_and_listchanges_are_told_to_ask_is_not_asked()
    {
        using var host = new TestHost(BaseSystem.Asking)
            .Main(APackage("app", "1.0"), APackage("app", "2.0").WithFile("usr/share/doc/app/NEWS.Debian", News))
            .Install("app=1.0");
        host.Write("etc/apt/listchanges.conf", "[apt]\nfrontend=text\nwhich=both\nconfirm=true\nemail_address=none\nsave_seen=none\n");
        host.Write("etc/needrestart/conf.d/ask.conf", "$nrconf{restart} = 'i';\n");

        var report = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.All(["20listchanges", "99needrestart"], hook => Assert.True(File.Exists(host.PathOf($"etc/apt/apt.conf.d/{hook}")), hook));
        Assert.Equal([new ChangedPackage("app", "1.0", "2.0")], report.Changed);
    }
}
