using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Pipeline.Turns;

/// <summary>What holds for the turn machine whatever happens; <see cref="MachineSimulation"/> checks the rest after each step.</summary>
public class TurnMachineProperties
{
    private const int Sequences = 10_000;

    [Theory]
    [InlineData(EndpointingMode.VoiceActivity, 0)]
    [InlineData(EndpointingMode.VoiceActivity, 2)]
    [InlineData(EndpointingMode.SpeechToText, 0)]
    [InlineData(EndpointingMode.Manual, 1)]
    [InlineData(EndpointingMode.Detector, 0)]
    [InlineData(EndpointingMode.Realtime, 0)]
    [InlineData(EndpointingMode.VoiceActivity, 0, true)]
    [InlineData(EndpointingMode.Detector, 0, true)]
    [InlineData(EndpointingMode.Manual, 1, true)]
    public void Step_AnySequence_KeepsItsPromisesAndComesToRest(EndpointingMode mode, int minWords, bool modelHears = false)
    {
        var options = new TurnOptions { DetectionDelay = TimeSpan.FromSeconds(0.28), DetectorThreshold = 0.5, ModelHears = modelHears };
        options.Endpointing.Mode = mode;
        options.Endpointing.Dynamic = minWords == 0;
        options.Interruption.MinWords = minWords;
        options.Interruption.EchoWarmUp = TimeSpan.FromSeconds(1.5 * minWords);
        options.Interruption.ResumeAfterFalseInterruption = mode != EndpointingMode.SpeechToText;
        options.Interruption.KeepSpeechOverProtected = minWords == 2;
        options.UserTurnLimit.MaxWords = minWords == 2 ? 6 : null;
        options.UserTurnLimit.MaxDuration = minWords == 1 ? TimeSpan.FromSeconds(5) : null;
        options.MinGap = TimeSpan.FromSeconds(0.4 * minWords);
        options.Fillers.Delay = TimeSpan.FromSeconds(1);
        options.Fillers.Interval = TimeSpan.FromSeconds(0.5);
        options.Fillers.Phrases = minWords == 2 ? [] : ["One moment.", "Still there."];
        var sequences = Gen.Choose(0, MachineSimulation.Inputs - 1).ListOf().ToArbitrary();
        var property = Prop.ForAll(sequences, sequence => Holds(options, [.. sequence]));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Sequences / 4).WithEndSize(120).WithReplay(1, 3), property);
    }

    [Fact]
    public void Step_TheSameInputs_GiveTheSameTrace()
    {
        var random = new Random(7);
        var inputs = Enumerable.Range(0, 5_000).Select(_ => random.Next(MachineSimulation.Inputs)).ToArray();
        Assert.Equal(Run(inputs), Run(inputs));

        static List<string> Run(int[] inputs)
        {
            var simulation = new MachineSimulation(new TurnOptions());
            foreach (var input in inputs)
                simulation.Feed(input);
            Assert.True(simulation.WordsHeard > 100, $"only {simulation.WordsHeard} words were heard");
            return simulation.Trace;
        }
    }

    [Fact]
    public void Step_NothingChanges_GivesTheSameObjectAndAllocatesNothing()
    {
        var options = new TurnOptions();
        var effects = new List<Agent.Pipeline.Turns.Effects.TurnEffect>();
        var state = TurnMachine.Step(TurnState.Initial, new ParticipantChanged(Linked: true), TimeSpan.Zero, options, effects);
        var event1 = new SpeechAudible("nothing");
        var event2 = new UserStopped(TimeSpan.Zero);
        var event3 = new TimerFired(TurnTimerKind.Endpointing, 99);
        effects.Clear();
        TurnMachine.Step(state, event1, TimeSpan.Zero, options, effects);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Same(state, TurnMachine.Step(state, event1, TimeSpan.Zero, options, effects));
            Assert.Same(state, TurnMachine.Step(state, event2, TimeSpan.Zero, options, effects));
            Assert.Same(state, TurnMachine.Step(state, event3, TimeSpan.Zero, options, effects));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Empty(effects);
    }

    private static bool Holds(TurnOptions options, int[] inputs)
    {
        var simulation = new MachineSimulation(options);
        try
        {
            return Holds(simulation, inputs);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            throw new Xunit.Sdk.XunitException($"{e.Message}\nThe last steps:\n{string.Join('\n', simulation.Trace.TakeLast(12))}", e);
        }
    }

    private static bool Holds(MachineSimulation simulation, int[] inputs)
    {
        simulation.Apply(new ParticipantChanged(Linked: true));
        foreach (var input in inputs)
            simulation.Feed(input);
        simulation.BeSilent(10);
        Assert.True(simulation.State.Agent is AgentState.Listening or AgentState.Idle, $"{simulation.State.Agent} after ten silent seconds");
        Assert.Null(simulation.State.Current);
        Assert.True(simulation.State.Waiting.IsEmpty || !simulation.State.IsLinked, "something still waits after ten silent seconds");
        return true;
    }
}
