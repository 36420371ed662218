document.getElementById('page').textContent = JSON.parse(document.getElementById('twofold-data').textContent).runs.length;
