using Agent.Worker.Hosting;

return await AgentWorker.CreateBuilder(args).Build().RunAsync();
