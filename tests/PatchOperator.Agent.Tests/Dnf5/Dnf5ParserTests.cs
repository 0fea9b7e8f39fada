using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Dnf5;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Dnf5;

/// <summary>Each text was captured from dnf 5.4.6 and rpm 6.1.0.</summary>
public class Dnf5ParserTests
{
    private const string Table = """
        Package            Arch   Version         Repository        Size
        Removing:
         kernel-core       x86_64 0:6.1-1.fc43    test           6.0   B
        Upgrading:
         beta              x86_64 1:2.0-1.fc43    test          68.1 KiB
           replacing beta  x86_64 1:1.0-1.fc43    <unknown>      6.0   B
         libstdc++         i686   0:15.2.1-3.fc43 updates        2.9 MiB
           replacing libstdc++ i686 0:15.2.1-1.fc43 anaconda     2.9 MiB
        Installing:
         successor         noarch 0:2.0-1         test           6.0   B
           replacing old   noarch 0:1.0-1         <unknown>      6.0   B
        Installing weak dependencies:
         fresh             noarch 1.1-1           test           6.0   B
        Installing groups:
         Core                                                         
        Changing reason:
         other             noarch 0:1.0-1         test           6.0   B
           Dependency -> User
        Skipping packages with broken dependencies:
         lonely            noarch 2.0-1           test           6.0   B

        Transaction Summary:
         Installing:         2 packages
         Upgrading:          2 packages

        """;

    private const string Repositories = """
        [
          {
            "id":"down",
            "name":"down",
            "is_enabled":true,
            "timestamp":-1,
            "base_url":[
              "http:\/\/127.0.0.1:9\/down"
            ],
            "metalink":"",
            "mirrorlist":""
          },
          {
            "id":"fedora",
            "name":"Fedora 43 - x86_64",
            "is_enabled":true,
            "timestamp":1796125060,
            "base_url":[],
            "metalink":"https:\/\/mirrors.example.org\/metalink?repo=fedora-43",
            "mirrorlist":""
          },
          {
            "id":"local",
            "name":"local",
            "is_enabled":true,
            "timestamp":1796125060,
            "base_url":[
              "file:\/\/\/repository"
            ],
            "metalink":"",
            "mirrorlist":""
          }
        ]
        """;

    private const string List = """
        [
          {
            "name":"TEST-2026:1",
            "type":"security",
            "severity":"Important",
            "nevra":"urgent-1:2.0-1.noarch",
            "buildtime":1793534400
          },
          {
            "name":"TEST-2026:2",
            "type":"bugfix",
            "severity":"None",
            "nevra":"urgent-1:3.0-1.noarch",
            "buildtime":1793534400
          }
        ]
        """;

    private const string Info = """
        [
          {
            "Name":"TEST-2026:1",
            "Title":"an update",
            "Severity":"Important",
            "Type":"security",
            "Description":"Name: evil",
            "references":[
              {
                "Title":"CVE-2026-1",
                "Id":"CVE-2026-1",
                "Type":"cve",
                "Url":"https:\/\/example.org\/CVE-2026-1"
              },
              {
                "Title":"a bug",
                "Id":"1",
                "Type":"bugzilla",
                "Url":"https:\/\/example.org\/1"
              }
            ],
            "collections":{
              "packages":[
                "urgent-1:2.0-1.noarch"
              ]
            }
          }
        ]
        """;

    private const string Locks = """
        # Added by 'versionlock add' command on 2026-12-01 11:41:40
        Package name: held
        evr = 1.0-1

        # Added by 'versionlock exclude' command on 2026-12-01 11:41:40
        Package name: unwanted
        evr != 2.0-1

        Package name: *nvidia*
        epoch = 3
        evr = 3:570-1

        Package name: ranged
        evr < 4
        evr >= 3
        """;

    private const string Log = """
        [2/6] Prepare transaction               100% | 444.0   B/s |   4.0   B |  00m00s
        >>> Running %pre scriptlet: pre-0:2.0-1.noarch
        >>> Error in %pre scriptlet: pre-0:2.0-1.noarch
        >>> [RPM] %prein(pre-2.0-1.noarch) scriptlet failed, exit status 4
        [3/6] Upgrading bad-0:2.0-1.noarch      100% |  23.8 KiB/s | 268.0   B |  00m00s
        >>> [RPM] pre-2.0-1.noarch: install failed
        >>> Running %post scriptlet: bad-0:2.0-1.noarch
        >>> Non-critical error in %post scriptlet: bad-0:2.0-1.noarch
        >>> Scriptlet output:
        >>> no luck
        >>> 
        >>> [RPM] %post(bad-2.0-1.noarch) scriptlet failed, exit status 3
        Transaction failed: Rpm transaction failed.
        """;

    [Fact]
    public void Reads_a_transaction()
    {
        var transaction = Dnf5Table.Parse(Table, "x86_64");

        Assert.Equal([new("beta", "1:2.0-1.fc43"), new("libstdc++.i686", "15.2.1-3.fc43"), new("successor", "2.0-1"), new("fresh", "1.1-1")], transaction.Installs);
        Assert.Equal([new("old", "1.0-1")], transaction.Replaced);
        Assert.Equal([new("kernel-core", "6.1-1.fc43")], transaction.Removals);
        Assert.Equal([new("beta", "1:1.0-1.fc43"), new("libstdc++.i686", "15.2.1-1.fc43")], transaction.Upgraded);
    }

    [Theory]
    [InlineData(1, Table, true)]
    [InlineData(0, "Nothing to do.\n", true)]
    [InlineData(1, "", false)]
    public void A_simulation_has_found_a_way_where_it_has_a_table(int exitCode, string output, bool resolved) =>
        Assert.Equal(resolved, Dnf5Table.IsResolved(new CommandResult(exitCode, output, "Operation aborted by the user.\n")));

    [Fact]
    public void Reads_repositories()
    {
        var repositories = Dnf5Repositories.Parse(Repositories);
        var time = DateTimeOffset.FromUnixTimeSeconds(1796125060);

        Assert.Equal(
            [
                new DnfRepository("fedora", "Fedora 43 - x86_64", "https://mirrors.example.org/metalink?repo=fedora-43", time),
                new DnfRepository("local", "local", "file:///repository", time),
            ],
            repositories.Known);
        Assert.Equal(["down"], repositories.Unread);
    }

    [Fact]
    public void Reads_advisories()
    {
        var advisories = Dnf5Advisories.Parse(List, Info, "x86_64");

        var urgent = advisories.Apply(new PendingUpdate("urgent", "1:1.0-1", "1:3.0-1", Security: false, Held: false));
        var mended = advisories.Apply(new PendingUpdate("urgent", "1:2.0-1", "1:3.0-1", Security: false, Held: false));

        Assert.Equal((true, Severity.Important, "TEST-2026:1 TEST-2026:2"), (urgent.Security, urgent.Severity, string.Join(' ', urgent.Advisories!)));
        Assert.Equal((false, null, "TEST-2026:2"), (mended.Security, mended.Severity, string.Join(' ', mended.Advisories!)));
        Assert.Equal(
            [("TEST-2026:1", Severity.Important, "CVE-2026-1"), ("TEST-2026:2", (Severity?)null, "")],
            advisories.Of([urgent]).Select(advisory => (advisory.Id, advisory.Severity, string.Join(' ', advisory.Cves))));
    }

    [Theory]
    [InlineData("held", true)]
    [InlineData("kmod-nvidia-open", true)]
    [InlineData("unwanted", false)]
    [InlineData("ranged", false)]
    public void Reads_locks(string name, bool held) => Assert.Equal(held, Dnf5VersionLocks.Parse(Locks).Hold(name));

    [Fact]
    public void Names_the_scripts_that_failed() =>
        Assert.Equal(["%prein of pre-2.0-1.noarch (exit status 4)", "%post of bad-2.0-1.noarch (exit status 3)"], RpmScripts.Failed(Log));

    [Fact]
    public void An_offer_has_the_name_of_its_file() =>
        Assert.Equal("bind-libs-9.16-1.x86_64.rpm", Assert.Single(DnfOffer.ParseAll("bind-libs\tx86_64\t32\t9.16\t1\ttest\t<NULL>\t1\t2\n", "x86_64")).FileName);

    [Fact]
    public void What_is_no_answer_is_quoted() => Assert.Equal(
        "dnf5 has answered what nobody can read: oops", Assert.Throws<StepFailureException>(() => Dnf5Json.Read("oops")).Outcome.Message);

    [Fact]
    public void Whatever_is_said_no_parser_fails_but_to_say_so()
    {
        var random = new Random(1);
        string[] texts = [Table, Repositories, List, Info, Locks, Log];
        for (var round = 0; round < 3_000; round++)
        {
            var text = MangledText.Of(texts[round % texts.Length], random);
            _ = Dnf5Table.Parse(text, "x86_64");
            _ = Dnf5VersionLocks.Parse(text).Hold("a");
            _ = RpmScripts.Failed(text);
            _ = DnfMessages.Errors(text) + DnfMessages.Problems(text) + DnfMessages.Tail(text);
            try
            {
                _ = Dnf5Repositories.Parse(text);
                _ = Dnf5Advisories.Parse(text, text, "x86_64").Of([]);
            }
            catch (StepFailureException failure)
            {
                Assert.Equal(AgentReasons.PackageManagerFailed, failure.Outcome.Reason);
            }
        }
    }
}
