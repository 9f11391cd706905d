using Agent.Pipeline.Errors;
using Agent.Pipeline.Sessions.Events;
using Agent.Playground.Web;
using Agent.Providers.Catalog;
using Agent.Worker.Hosting;

namespace Agent.Playground.Check;

/// <summary><c>./run --check</c>: everything is started, a caller holds the scripted conversation, everything is ended, the report is printed.</summary>
internal static class CheckProgram
{
    // Not the agent's own voice, so that nobody could mistake the one for the other.
    private const string CallerVoice = "local/flite:rms";
    private const string Ears = "local/pocketsphinx";

    internal static async Task<int> RunAsync(PlaygroundOptions options, CancellationToken interrupted)
    {
        var time = TimeProvider.System;
        var limits = new CheckLimits();
        var ledger = new AgentLedger();
        using var overall = new CancellationTokenSource(limits.Total, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(overall.Token, interrupted);
        await using var stack = await LocalStack.StartAsync(
            options,
            (_, happened) =>
            {
                if (happened is TurnEnded ended)
                    ledger.Add(ended.Entry);
            },
            stop.Token);
        var catalog = stack.Services.GetRequiredService<ProviderCatalog>();
        var voices = new CheckVoices(catalog.GetTextToSpeech(CallerVoice), catalog.GetSpeechToText(Ears));
        List<string> problems = [];
        IReadOnlyList<CheckTurn> turns = [];
        double? greeting = null;
        try
        {
            await using var caller = await RoomCaller.JoinAsync(new SessionDesk(stack.Server, stack.AgentName).Admit("check"), time, stop.Token);
            var conversation = new CheckConversation(caller, voices, ledger, limits, time);
            try
            {
                await CheckScript.PlayAsync(conversation, stop.Token);
            }
            finally
            {
                turns = conversation.Turns;
                greeting = conversation.GreetingMilliseconds;
            }
        }
        catch (OperationCanceledException) when (overall.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            problems.Add($"the conversation took longer than {limits.Total.TotalSeconds:0} s");
        }
        catch (AgentException exception)
        {
            problems.Add(exception.Message);
        }

        problems.AddRange(turns.SelectMany(turn => turn.Problems));
        var report = new CheckReport
        {
            Passed = problems.Count == 0,
            Problems = problems,
            Server = $"{stack.Server.WebSocketUrl} ({(stack.IsEmbedded ? "embedded" : "LIVEKIT_URL")})",
            GreetingMilliseconds = greeting,
            Turns = turns,
        };
        if (options.Json)
            Console.Out.WriteLine(CheckReportJson.Write(report));
        else
            CheckPrinter.Print(Terminal.Open(), report);
        return report.Passed ? ExitCode.Success : ExitCode.Failure;
    }
}
